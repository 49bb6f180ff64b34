package io.twinstream.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.engine.EmbeddedConnect;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Against Kafka's own worker, whose status speaks of the past for a while after each change. */
class ConnectWorkerIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static EmbeddedBroker broker;
  private static Admin admin;
  private static EmbeddedConnect connect;

  @TempDir private Path folder;
  private String name;

  @BeforeAll
  static void start(@TempDir Path data) {
    broker = EmbeddedBroker.start(data.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    connect = EmbeddedConnect.start(admin, broker.bootstrapServers());
  }

  @AfterAll
  static void stop() {
    connect.close();
    admin.close();
    broker.close();
  }

  @BeforeEach
  void nameConnector(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
  }

  @Test
  void aNewConnectorRunsWithAllItsTasks() {
    assertThat(submit(Map.of())).isEqualTo(2);
  }

  @Test
  void oneThatRunsIsLeftAlone() {
    submit(Map.of());
    int starts = TroubledConnector.TASK_STARTS.get();

    assertThat(submit(Map.of())).isEqualTo(2);

    assertThat(TroubledConnector.TASK_STARTS).hasValue(starts);
  }

  @Test
  void aTaskThatFailsSoonAfterItsStartIsAFailure() throws IOException {
    Path trouble = trouble();

    assertFails(Map.of(TroubledConnector.TASKS_TROUBLE, trouble.toString()), trouble);
  }

  @Test
  void aRunningOneThatIsChangedForTheWorseIsAFailure() throws IOException {
    Path trouble = trouble();
    submit(Map.of());

    assertFails(Map.of(TroubledConnector.TASKS_TROUBLE, trouble.toString()), trouble);
    assertFails(Map.of(TroubledConnector.ITS_TROUBLE, trouble.toString()), trouble);
  }

  @Test
  void oneWhoseTasksFailedIsMendedByItsFile() throws IOException {
    Path trouble = trouble();
    assertFails(Map.of(TroubledConnector.TASKS_TROUBLE, trouble.toString()), trouble);

    assertThat(submit(Map.of())).isEqualTo(2);
  }

  @Test
  void oneThatFailedItselfIsMendedByItsFile() throws IOException {
    Path trouble = trouble();
    assertFails(Map.of(TroubledConnector.ITS_TROUBLE, trouble.toString()), trouble);

    assertThat(submit(Map.of())).isEqualTo(2);
  }

  @Test
  void oneThatFailedForAnOutsideReasonIsStartedAgainByTheSameFile() throws IOException {
    Path trouble = trouble();
    Map<String, String> settings = Map.of(TroubledConnector.TASKS_TROUBLE, trouble.toString());
    assertFails(settings, trouble);
    Files.delete(trouble);

    assertThat(submit(settings)).isEqualTo(2);
  }

  @Test
  void anotherNumberOfTasksIsTold() {
    submit(Map.of());

    assertThat(submit(Map.of("tasks.max", "3"))).isEqualTo(3);
    assertThat(submit(Map.of("tasks.max", "1"))).isEqualTo(1);
  }

  @Test
  void oneThatIsPausedRunsAgain() throws Exception {
    submit(Map.of());
    put("/pause");
    await().atMost(LONG).until(() -> get("/status").contains("PAUSED"));

    assertThat(submit(Map.of())).isEqualTo(2);
  }

  @Test
  void wrongSettingsAreNamed() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> submit(Map.of("tasks.max", "many")))
        .withMessageContaining("the settings of " + name)
        .withMessageContaining("tasks.max");
  }

  @Test
  void aPluginThatIsNotInstalledIsNamedAtOnce() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> submit(Map.of("connector.class", "org.example.Missing")))
        .withMessageContaining("org.example.Missing");
  }

  private Path trouble() throws IOException {
    return Files.createFile(folder.resolve("trouble"));
  }

  private void assertFails(Map<String, String> settings, Path trouble) {
    assertThatExceptionOfType(BrokenException.class)
        .isThrownBy(() -> submit(settings))
        .withMessageContaining("there is " + trouble);
  }

  /** With two tasks and without trouble, if not said otherwise. */
  private int submit(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("name", name);
    all.put("connector.class", TroubledConnector.class.getName());
    all.put("tasks.max", "2");
    all.put(TroubledConnector.ITS_TROUBLE, folder.resolve("none").toString());
    all.put(TroubledConnector.TASKS_TROUBLE, folder.resolve("none").toString());
    all.putAll(settings);
    return new ConnectWorker(connect.address(), LONG).run(new ConnectorConfig(name, all));
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address(path)).GET().build());
  }

  private void put(String path) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(address(path)).PUT(HttpRequest.BodyPublishers.noBody()).build());
  }

  private URI address(String path) {
    return connect.address().resolve("/connectors/" + name + path);
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }
}
