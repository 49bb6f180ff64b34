package io.twinstream.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.TopicDriftException;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class TopicProvisionerIT {
  private static EmbeddedBroker broker;
  private static Admin admin;

  private final TopicProvisioner provisioner = new TopicProvisioner(admin, (short) 1);
  private String prefix;

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
  void chooseTopics(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName() + "-";
  }

  @Test
  void whatIsMissingIsCreatedAsDefined() throws Exception {
    List<TopicDefinition> definitions = definitions(3, 2);

    provide(definitions);

    assertThat(admin.listTopics().names().get())
        .filteredOn(name -> name.startsWith(prefix))
        .containsExactlyInAnyOrderElementsOf(
            definitions.stream().map(TopicDefinition::name).toList());
    for (TopicDefinition topic : definitions) {
      assertThat(partitions(topic.name())).isEqualTo(topic.partitions());
      assertThat(topic.configs()).isEqualTo(configs(topic));
    }
  }

  @Test
  void whatIsThereStaysAsItIs() {
    provide(definitions(3, 2));

    assertThatNoException().isThrownBy(() -> provisioner.provision(definitions(3, 2)));
  }

  @Test
  void oneThatIsMissingAmongOthersIsCreated() throws Exception {
    List<TopicDefinition> definitions = definitions(1, 1);
    provide(definitions.subList(0, 4));

    provide(definitions);

    assertThat(partitions(definitions.getLast().name())).isEqualTo(1);
  }

  @Test
  void anotherPartitionCountIsRefused() {
    provide(definitions(1, 1));

    assertThatExceptionOfType(TopicDriftException.class)
        .isThrownBy(() -> provisioner.provision(definitions(1, 4)))
        .withMessageContaining(prefix + "fetched-images has 1 partitions instead of 4")
        .withMessageContaining(prefix + "image-fingerprints has 1 partitions instead of 4")
        .withMessageNotContaining(prefix + "unique");
  }

  @Test
  void anotherSettingIsRefused() throws Exception {
    provide(definitions(1, 1));
    alter(prefix + "unique", "retention.ms", "60000");
    await().until(() -> config(prefix + "unique").get("retention.ms").value(), "60000"::equals);

    assertThatExceptionOfType(TopicDriftException.class)
        .isThrownBy(() -> provisioner.provision(definitions(1, 1)))
        .withMessageContaining(prefix + "unique has retention.ms=60000 instead of 86400000")
        .withMessageNotContaining(prefix + "duplicate-found");
  }

  private List<TopicDefinition> definitions(int partitions, int matchPartitions) {
    return new Topics(prefix).definitions(partitions, matchPartitions, Duration.ofDays(1));
  }

  /** Provisions topics and waits until the broker knows what its controller has made. */
  private void provide(List<TopicDefinition> definitions) {
    provisioner.provision(definitions);
    await()
        .untilAsserted(() ->
            assertThat(admin.listTopics().names().get())
                .containsAll(definitions.stream().map(TopicDefinition::name).toList()));
  }

  private static int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }

  /** What the cluster has of the settings that the definition names. */
  private static Map<String, String> configs(TopicDefinition topic) throws Exception {
    Config config = config(topic.name());
    Map<String, String> configs = new HashMap<>();
    topic.configs().keySet().forEach(name -> configs.put(name, config.get(name).value()));
    return configs;
  }

  private static Config config(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    return admin.describeConfigs(List.of(resource)).all().get().get(resource);
  }

  private static void alter(String topic, String name, String value) throws Exception {
    AlterConfigOp change =
        new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    admin
        .incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
        .all()
        .get();
  }
}
