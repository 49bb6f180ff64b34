package io.twinstream.schema.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics and refuses to work with ones that are not as they have to be. */
public final class TopicProvisioner {
  private final Admin admin;
  private final short replication;

  /**
   * @param admin stays the caller's
   * @param replication of new topics; -1 takes the broker's default
   */
  public TopicProvisioner(Admin admin, short replication) {
    this.admin = admin;
    this.replication = replication;
  }

  /**
   * Creates what is missing, then compares what is there.
   *
   * @throws TopicDriftException if a topic has another partition count or other settings
   * @throws KafkaException if the cluster refuses or does not answer
   */
  public void provision(List<TopicDefinition> definitions) {
    Set<String> existing = wait(() -> admin.listTopics().names().get());
    List<TopicDefinition> missing =
        definitions.stream().filter(topic -> !existing.contains(topic.name())).toList();
    create(missing);
    List<String> differences =
        differences(definitions.stream().filter(topic -> !missing.contains(topic)).toList());
    if (!differences.isEmpty()) {
      throw new TopicDriftException(differences);
    }
  }

  private void create(List<TopicDefinition> missing) {
    admin
        .createTopics(
            missing.stream()
                .map(topic ->
                    new NewTopic(topic.name(), topic.partitions(), replication)
                        .configs(topic.configs()))
                .toList())
        .values()
        .forEach((name, future) -> {
          try {
            wait(future::get);
          } catch (TopicExistsException e) {
            // Another instance was faster; what it made is compared by whoever starts next.
          }
        });
  }

  private List<String> differences(List<TopicDefinition> definitions) {
    Map<ConfigResource, TopicDefinition> byResource =
        definitions.stream()
            .collect(
                Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    topic -> topic));
    Map<String, TopicDescription> descriptions =
        wait(() ->
            admin
                .describeTopics(definitions.stream().map(TopicDefinition::name).toList())
                .allTopicNames()
                .get());
    Map<ConfigResource, Config> configs =
        new HashMap<>(wait(() -> admin.describeConfigs(byResource.keySet()).all().get()));
    List<String> differences = new ArrayList<>();
    byResource.forEach((resource, topic) -> {
      int partitions = descriptions.get(topic.name()).partitions().size();
      if (partitions != topic.partitions()) {
        differences.add(
            "%s has %s partitions instead of %s; keys are placed by that number, so it can't be changed"
                .formatted(topic.name(), partitions, topic.partitions()));
      }
      topic
          .configs()
          .forEach((name, wanted) -> {
            String found = configs.get(resource).get(name).value();
            if (!wanted.equals(found)) {
              differences.add(
                  "%s has %s=%s instead of %s; change it with kafka-configs"
                      .formatted(topic.name(), name, found, wanted));
            }
          });
    });
    return differences.stream().sorted().toList();
  }

  private static <T> T wait(Answer<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for the cluster", e);
    }
  }

  @FunctionalInterface
  private interface Answer<T> {
    T get() throws ExecutionException, InterruptedException;
  }
}
