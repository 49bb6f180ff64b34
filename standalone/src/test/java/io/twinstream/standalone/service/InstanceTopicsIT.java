package io.twinstream.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.engine.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class InstanceTopicsIT {
  private static EmbeddedBroker broker;
  private static Admin admin;

  private Topics topics;

  @BeforeAll
  static void start(@TempDir Path folder) {
    broker = EmbeddedBroker.start(folder.resolve("kafka"));
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void makeTopics(TestInfo test) {
    topics = new Topics(test.getTestMethod().orElseThrow().getName().substring(0, 12) + ".");
    new TopicProvisioner(admin, (short) 1)
        .provision(topics.definitions(3, 2, Topics.DEFAULT_RETENTION));
    await().until(() -> look().isPresent());
  }

  private Optional<?> look() {
    return new InstanceTopics(topics).look(admin);
  }

  @Test
  void keepingRecordsForAnotherTimeIsNobodysBusiness() throws Exception {
    alter(topics.unique(), "retention.ms", "60000");
    alter(topics.fetchedImages(), "segment.bytes", "2000000");

    assertThat(look()).isPresent();
  }

  @Test
  void moreMatchPartitionsOfTheLogAloneAreRefusedByTheCommandWithWhatToDo(@TempDir Path state)
      throws Exception {
    grow(topics.imageFingerprints(), 4);

    CommandRun run =
        CommandRun.of(
            "stream",
            "--bootstrap=" + broker.bootstrapServers(),
            "--prefix=" + topics.prefix(),
            "--state=" + state,
            "--health-port=0",
            "--in-process");

    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            topics.imageFingerprints() + " has 4 partitions instead of 2",
            topics.fetchedImages(),
            "--prefix");
  }

  @Test
  void theLatestOfEachImageMayNotBeOnTwoPartitions() throws Exception {
    grow(topics.imageThumbnails(), 5);
    grow(topics.fetchControl(), 2);

    assertRefused(
        topics.imageThumbnails() + " has 5 partitions instead of 3",
        topics.fetchControl() + " has 2 partitions instead of 1");
  }

  @Test
  void partitionsThatCameAfterAnInstanceFirstRanAreRefused() throws Exception {
    admin
        .createTopics(
            List.of(
                new NewTopic(topics.applicationId() + "-pending-changelog", 2, (short) 1),
                new NewTopic(topics.applicationId() + "-images-changelog", 1, (short) 1)))
        .all()
        .get();

    await()
        .untilAsserted(() ->
            assertRefused(
                topics.imageMetadata()
                    + " has 3 partitions, but had 2 when an instance first ran ("
                    + topics.applicationId()
                    + "-pending-changelog)",
                topics.fetchedImages() + " has 2 partitions, but had 1"));
  }

  @Test
  void whatWouldBeCleanedAwayThoughItIsNeededIsRefused() throws Exception {
    alter(topics.imageFingerprints(), "cleanup.policy", "delete");
    alter(topics.fetchedImages(), "cleanup.policy", "compact,delete");

    assertRefused(
        topics.imageFingerprints() + " has cleanup.policy=delete instead of compact",
        topics.fetchedImages() + " has cleanup.policy=compact,delete instead of delete",
        "kafka-configs.sh");
  }

  private void assertRefused(String... said) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(this::look)
                .satisfies(e -> assertThat(e.getMessage()).contains(said)));
  }

  private static void grow(String topic, int partitions) throws Exception {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions))).all().get();
    await()
        .until(
            () ->
                admin
                    .describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size(),
            count -> count == partitions);
  }

  private static void alter(String topic, String name, String value) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }
}
