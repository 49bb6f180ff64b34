package io.twinstream.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** Two instances of the app in containers, against a broker in a container. */
class ContainersIT {
  private static final int FAMILIES = 120;
  private static final int MEMBERS = 3;
  private static final int IMAGES = FAMILIES * MEMBERS;
  private static final String BROKER = "broker:19092";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final EventCodec<ImageMetadata> EVENT = EventCodec.json(ImageMetadata.class);

  @BeforeAll
  static void images() {
    ContainerEngine.require();
    ContainerEngine.buildImage();
  }

  @Test
  void everyEventHasOneVerdictThoughAnInstanceIsKilledHalfWay(@TempDir Path pictures) {
    Families.paint(pictures, FAMILIES, MEMBERS);
    try (Network network = Network.newNetwork();
        KafkaContainer broker = broker(network)) {
      broker.start();
      try (GenericContainer<?> topics = topics(network)) {
        topics.start();
      }
      try (GenericContainer<?> first = app(network, pictures);
          GenericContainer<?> second = app(network, pictures);
          Judgements judgements = new Judgements(broker.getBootstrapServers())) {
        first.start();
        second.start();

        publish(broker.getBootstrapServers());
        judgements.pollUntilJudged(IMAGES / 10, PATIENCE);
        first.getDockerClient().killContainerCmd(first.getContainerId()).exec();
        judgements.poll();
        assertThat(judgements.judged()).as("judged when one was killed").isLessThan(IMAGES);

        judgements.pollUntilJudged(IMAGES, PATIENCE);
        judgements.poll();
        assertThat(judgements.events()).isEqualTo(IMAGES);
        judgements.assertExactlyOneVerdictEach();
        assertOneOriginalInEachFamily(judgements.all());
      }
    }
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
  private static GenericContainer<?> topics(Network network) {
    return new GenericContainer<>(DockerImageName.parse(ContainerEngine.IMAGE))
        .withNetwork(network)
        .withCommand("topics", "--bootstrap", BROKER)
        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(PATIENCE));
  }

  @SuppressWarnings("resource")
  private static GenericContainer<?> app(Network network, Path pictures) {
    return new GenericContainer<>(DockerImageName.parse(ContainerEngine.IMAGE))
        .withNetwork(network)
        .withFileSystemBind(pictures.toString(), "/pictures", BindMode.READ_ONLY)
        .withCommand("stream", "--bootstrap", BROKER, "--root", "/pictures")
        .withExposedPorts(8080)
        .waitingFor(Wait.forHttp("/health/ready").forPort(8080).withStartupTimeout(PATIENCE));
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
