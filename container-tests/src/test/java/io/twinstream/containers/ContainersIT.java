package io.twinstream.containers;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The images, against a broker in a container. */
class ContainersIT {
  private static final int FAMILIES = 120;
  private static final int MEMBERS = 3;
  private static final int IMAGES = FAMILIES * MEMBERS;
  private static final String BROKER = "broker:19092";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longer than the time after which the group misses a killed instance, 10 s. */
  private static final Duration QUIET = Duration.ofSeconds(12);

  private static final EventCodec<ImageMetadata> EVENT = EventCodec.json(ImageMetadata.class);

  private static Network network;
  private static KafkaContainer broker;

  @BeforeAll
  static void start() {
    ContainerEngine.require();
    ContainerEngine.buildImages();
    network = Network.newNetwork();
    broker = broker(network);
    broker.start();
    try (GenericContainer<?> topics = app("topics", "--bootstrap", BROKER)) {
      topics.withStartupCheckStrategy(ends()).start();
    }
  }

  @AfterAll
  static void stop() {
    if (network != null) {
      broker.stop();
      network.close();
    }
  }

  @Test
  void everyEventHasOneVerdictThoughTheInstanceThatMatchesIsKilledHalfWay(@TempDir Path pictures) {
    Families.paint(pictures, FAMILIES, MEMBERS);
    String cluster = broker.getBootstrapServers();
    try (GenericContainer<?> one = instance(pictures);
        GenericContainer<?> other = instance(pictures);
        Judgements judgements = Judgements.open(cluster, PATIENCE);
        AppGroup group = new AppGroup(cluster)) {
      one.start();
      other.start();
      Map<String, String> addresses =
          Stream.of(one.getContainerId(), other.getContainerId())
              .collect(toMap(ContainerEngine::address, identity()));

      publish(cluster);
      judgements.pollUntilJudged(IMAGES / 10, PATIENCE);
      String matcher = addresses.get(group.matcher());
      assertThat(matcher).as("the instance that matches").isNotNull();
      ContainerEngine.kill(matcher);
      judgements.poll();
      assertThat(judgements.judged()).as("judged when it was killed").isLessThan(IMAGES);

      judgements.pollUntilJudged(IMAGES, PATIENCE);
      await().atMost(PATIENCE).until(group::hasTakenAll);
      judgements.pollToTheEnd(QUIET);
      assertThat(judgements.events()).isEqualTo(IMAGES);
      judgements.assertExactlyOneVerdictEach();
      assertOneOriginalInEachFamily(judgements.all());
    }
  }

  @Test
  void anInstanceIsNotRootAndTellsItsHealth(@TempDir Path pictures) throws Exception {
    try (GenericContainer<?> waiting =
        app("stream", "--bootstrap", BROKER, "--prefix", "missing-")
            .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE))) {
      waiting.start();

      assertThat(user(waiting)).isEqualTo("10001");
      assertThat(code(waiting, "/opt/twinstream/health live")).isZero();
      assertThat(code(waiting, "/opt/twinstream/health ready")).isNotZero();
      assertThat(code(waiting, "TWINSTREAM_HEALTH_PORT=1 /opt/twinstream/health live")).isNotZero();
    }
    try (GenericContainer<?> ready = instance(pictures)) {
      ready.start();

      assertThat(code(ready, "/opt/twinstream/health ready")).isZero();
    }
  }

  @Test
  void workersOfAGroupAreNotRootTellTheirHealthAndReachEachOther(@TempDir Path files)
      throws Exception {
    Families.open(files);
    // One of them leads, and the other has to hand requests on.
    try (GenericContainer<?> one = worker("worker-1");
        GenericContainer<?> other = worker("worker-2")) {
      Stream.of(one, other).parallel().forEach(GenericContainer::start);

      assertThat(user(one)).isEqualTo("1000");
      for (String worker : List.of("worker-1", "worker-2")) {
        Files.writeString(
            files.resolve(worker),
            """
            {"name": "of-%1$s", "connector.class": "io.twinstream.ingest.folder.FolderSourceConnector",
             "tasks.max": "2", "folder.path": "/opt/kafka/bin", "source.name": "of-%1$s"}
            """
                .formatted(worker));
        try (GenericContainer<?> submit =
            app("submit", "/files/" + worker, "--connect", "http://" + worker + ":8083")
                .withFileSystemBind(files.toString(), "/files", BindMode.READ_ONLY)
                .withStartupCheckStrategy(ends())) {
          submit.start();
        }
      }
    }
  }

  private static String user(GenericContainer<?> container) throws Exception {
    return container.execInContainer("id", "-u").getStdout().strip();
  }

  private static int code(GenericContainer<?> container, String command) throws Exception {
    return container.execInContainer("sh", "-c", command).getExitCode();
  }

  /** With success, and soon. */
  private static StartupCheckStrategy ends() {
    return new OneShotStartupCheckStrategy().withTimeout(PATIENCE);
  }

  private static KafkaContainer broker(Network network) {
    return new KafkaContainer(
            DockerImageName.parse(ContainerEngine.kafkaImage())
                .asCompatibleSubstituteFor("apache/kafka"))
        .withNetwork(network)
        .withListener(BROKER)
        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
  }

  // The caller closes it.
  @SuppressWarnings("resource")
  private static GenericContainer<?> app(String... command) {
    return new GenericContainer<>(DockerImageName.parse(ContainerEngine.IMAGE))
        .withNetwork(network)
        .withCommand(command);
  }

  /** One that is ready. */
  private static GenericContainer<?> instance(Path pictures) {
    return app("stream", "--bootstrap", BROKER, "--root", "/pictures")
        .withFileSystemBind(pictures.toString(), "/pictures", BindMode.READ_ONLY)
        .withExposedPorts(8080)
        .waitingFor(Wait.forHttp("/health/ready").forPort(8080).withStartupTimeout(PATIENCE));
  }

  /** One that Docker calls healthy. */
  @SuppressWarnings("resource")
  private static GenericContainer<?> worker(String name) {
    return new GenericContainer<>(DockerImageName.parse(ContainerEngine.CONNECT_IMAGE))
        .withNetwork(network)
        .withNetworkAliases(name)
        .withEnv("CONNECT_BOOTSTRAP", BROKER)
        .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
  }

  private static void publish(String bootstrapServers) {
    List<Exception> failures = new CopyOnWriteArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String name : Families.names(FAMILIES, MEMBERS)) {
        ImageMetadata image =
            new ImageMetadata("default", name, "file:///pictures/" + name, Attributes.NONE);
        var _ =
            producer.send(
                new ProducerRecord<>(
                    new Topics("").imageMetadata(),
                    ImageKeySerde.write(image.key()),
                    EVENT.write(image)),
                (sent, failure) -> {
                  if (failure != null) {
                    failures.add(failure);
                  }
                });
      }
    }
    assertThat(failures).isEmpty();
  }

  private static void assertOneOriginalInEachFamily(List<Verdict> verdicts) {
    Map<String, List<Verdict>> families = new HashMap<>();
    verdicts.forEach(verdict ->
        families
            .computeIfAbsent(Families.of(verdict.image().id()), family -> new ArrayList<>())
            .add(verdict));
    assertThat(families).hasSize(FAMILIES);
    families.forEach((family, members) -> {
      assertThat(members.stream().collect(Collectors.groupingBy(Verdict::getClass)))
          .as(family)
          .hasEntrySatisfying(Verdict.Unique.class, unique -> assertThat(unique).hasSize(1))
          .hasEntrySatisfying(
              Verdict.DuplicateFound.class,
              duplicates ->
                  assertThat(duplicates)
                      .hasSize(MEMBERS - 1)
                      .allSatisfy(duplicate ->
                          assertThat(((Verdict.DuplicateFound) duplicate).original().id())
                              .satisfies(id -> assertThat(Families.of(id)).isEqualTo(family))));
    });
  }
}
