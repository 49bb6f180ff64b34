package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.engine.EmbeddedConnect;
import io.twinstream.standalone.scan.Command;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of the services against a real broker, each test with topics of its own. */
class ServicesIT {
  private static final String NOBODY = "127.0.0.1:1";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Pattern HEALTH_PORT = Pattern.compile("Health is told at port (\\d+)");

  private static EmbeddedBroker broker;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String prefix;

  @BeforeAll
  static void start(@TempDir Path data) {
    broker = EmbeddedBroker.start(data.resolve("kafka"));
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void chooseTopics(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName() + "-";
  }

  @Test
  void topicsAreMadeAndFoundAgain() {
    assertThat(topics()).isZero();
    assertThat(topics("--wait=0")).isZero();
    assertThat(out.toString()).contains(prefix + "image-metadata").contains("6 partitions");
  }

  @Test
  void topicsThatDifferAreRefused() {
    topics();

    // The broker hears a moment later of what its controller has made.
    await().atMost(LONG).until(() -> topics("--partitions=5") == 2);
    assertThat(err.toString()).contains(prefix + "unique has 6 partitions instead of 5");
  }

  @Test
  void topicsNeedAsManyBrokersAsCopies() {
    assertThat(topics("--replication=3", "--wait=0")).isEqualTo(1);
    assertThat(err.toString())
        .contains("nothing after 0 s")
        .contains("replication factor")
        .doesNotContain("Exception");
  }

  @Test
  void aClusterThatRefusesIsQuoted() {
    prefix = "no name for a topic ";

    assertThat(topics()).isEqualTo(1);
    assertThat(err.toString())
        .contains("the cluster refuses")
        .contains(prefix)
        .doesNotContain("\tat ");
  }

  @Test
  void aBrokerThatIsNotReadyIsWaitedFor() throws IOException {
    try (LateRelay relay = LateRelay.to(broker.bootstrapServers())) {
      assertThat(run("topics", "--prefix=" + prefix, "--bootstrap=" + relay.address())).isZero();
      assertThat(relay.refused()).isTrue();
    }
  }

  @Test
  void aBrokerThatDoesNotComeIsToldByEachCommand() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), connector("c", "/none"));

    assertThat(run("topics", "--bootstrap=" + NOBODY, "--wait=0")).isEqualTo(1);
    assertThat(run("submit", file.toString(), "--connect=http://" + NOBODY, "--wait=0"))
        .isEqualTo(1);
    assertThat(
            run(
                "stream",
                "--bootstrap=" + NOBODY,
                "--wait=0",
                "--state=" + folder,
                "--health-port=0"))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.contains("nothing after 0 s"));
  }

  @Test
  void wrongOptionsAreRefusedInASentence() throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), connector("c", "/none"));

    assertThat(topics("--replication=0")).isEqualTo(2);
    assertThat(topics("--partitions=0")).isEqualTo(2);
    assertThat(run("topics", "--bootstrap=localhost")).isEqualTo(2);
    assertThat(run("stream", "--radius=300")).isEqualTo(2);
    assertThat(run("stream", "--bootstrap=localhost", "--state=" + folder, "--health-port=0"))
        .isEqualTo(2);
    assertThat(run("submit", file.toString(), "--connect=localhost:8083")).isEqualTo(2);
    assertThat(run("submit", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(7);
    assertThat(err.toString())
        .contains("localhost:8083 is no address of a Connect worker; write http://HOST:PORT");
  }

  @Test
  void aConnectorIsSubmitted() throws IOException {
    topics();
    Path file =
        Files.writeString(folder.resolve("c.json"), connector("pictures", folder.toString()));
    Path wrong = Files.writeString(folder.resolve("w.json"), connector("pictures", "/none"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        EmbeddedConnect connect = EmbeddedConnect.start(admin, broker.bootstrapServers())) {
      String worker = "--connect=" + connect.address();

      assertThat(run("submit", file.toString(), worker)).as(err.toString()).isZero();
      assertThat(out.toString()).contains("pictures runs with 1 task");
      assertThat(run("submit", wrong.toString(), worker)).isEqualTo(2);
      assertThat(err.toString()).contains("the settings of pictures are wrong", "/none");
    }
  }

  @Test
  void anInstanceWaitsForTopicsJudgesAndIsStoppedInOrder() throws Exception {
    Path state = folder.resolve("state");
    Command stream =
        Command.start(
            folder,
            "stream",
            "--bootstrap=" + broker.bootstrapServers(),
            "--prefix=" + prefix,
            "--state=" + state,
            "--health-port=0");
    try {
      await().atMost(LONG).until(() -> HEALTH_PORT.matcher(stream.errors()).find());
      assertThat(health(stream, "live")).isEqualTo(200);
      assertThat(health(stream, "ready")).isEqualTo(503);
      assertThat(run("stream", "--state=" + state)).isEqualTo(2);
      assertThat(err.toString()).contains("is in use by another instance");

      topics();

      await().atMost(LONG).until(() -> health(stream, "ready") == 200);
    } finally {
      stream.terminate();
    }
    assertThat(stream.await()).isEqualTo(143);
    assertThat(stream.errors()).contains("Stopped").doesNotContain("the hard way");
  }

  private static int health(Command stream, String question)
      throws IOException, InterruptedException {
    Matcher told = HEALTH_PORT.matcher(stream.errors());
    assertThat(told.find()).isTrue();
    URI address = URI.create("http://127.0.0.1:%s/health/%s".formatted(told.group(1), question));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static String connector(String name, String folder) {
    return """
    {"name": "%s", "connector.class": "io.twinstream.ingest.folder.FolderSourceConnector",
     "tasks.max": "1", "folder.path": "%s", "source.name": "%s"}
    """
        .formatted(name, folder, name);
  }

  private int topics(String... options) {
    String[] line = new String[options.length + 3];
    line[0] = "topics";
    line[1] = "--bootstrap=" + broker.bootstrapServers();
    line[2] = "--prefix=" + prefix;
    System.arraycopy(options, 0, line, 3, options.length);
    return run(line);
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.run(line, args);
  }

  /** Hangs up at the first caller, and leads the others to a broker. */
  private static final class LateRelay implements AutoCloseable {
    private final ServerSocket socket;
    private final String broker;
    private volatile boolean refused;

    private LateRelay(ServerSocket socket, String broker) {
      this.socket = socket;
      this.broker = broker;
    }

    static LateRelay to(String broker) throws IOException {
      LateRelay relay =
          new LateRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), broker);
      Thread.ofVirtual().start(relay::accept);
      return relay;
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    boolean refused() {
      return refused;
    }

    private void accept() {
      try {
        socket.accept().close();
        refused = true;
        while (true) {
          lead(socket.accept());
        }
      } catch (IOException e) {
        // It is closed.
      }
    }

    private void lead(Socket caller) throws IOException {
      URI address = URI.create("tcp://" + broker);
      Socket called = new Socket(address.getHost(), address.getPort());
      Thread.ofVirtual().start(() -> copy(caller, called));
      Thread.ofVirtual().start(() -> copy(called, caller));
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException e) {
        // The other direction has ended first.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
