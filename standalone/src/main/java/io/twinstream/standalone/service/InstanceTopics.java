package io.twinstream.standalone.service;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;

import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.topology.FingerprintChangelogs;
import io.twinstream.topology.PendingChangelog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The topics on a cluster, as far as an instance depends on how they are: that records of one key
 * stay on one partition, and that what it needs is not cleaned away. How many partitions there are,
 * and how long records are kept, whoever made the topics has chosen.
 */
final class InstanceTopics {
  private static final String BY_KEY =
      "its records are placed by that number, and partitions can't be taken away again: make topics"
          + " with another --prefix (twinstream topics), and send the images there";

  private final Topics topics;
  private final FingerprintChangelogs changelogs;

  InstanceTopics(Topics topics) {
    this.topics = topics;
    this.changelogs = new FingerprintChangelogs(topics);
  }

  /**
   * Looks at them.
   *
   * @return their names, or empty as long as one is missing, without which Kafka Streams gives up
   * @throws RefusedException if an instance can't work with them
   * @throws KafkaException if the cluster does not answer
   */
  Optional<Set<String>> look(Admin admin) {
    try {
      Set<String> there = admin.listTopics().names().get();
      Set<String> needed =
          definitions(1, 1).stream().map(TopicDefinition::name).collect(Collectors.toSet());
      if (!there.containsAll(needed)) {
        return Optional.empty();
      }
      List<String> problems = new ArrayList<>(partitionProblems(admin, there));
      problems.addAll(policyProblems(admin));
      if (!problems.isEmpty()) {
        throw new RefusedException(
            "an instance can't work with these topics:\n  " + String.join("\n  ", problems));
      }
      return Optional.of(needed);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private List<TopicDefinition> definitions(int partitions, int matchPartitions) {
    return topics.definitions(partitions, matchPartitions, Topics.DEFAULT_RETENTION);
  }

  private List<String> partitionProblems(Admin admin, Set<String> there)
      throws ExecutionException, InterruptedException {
    String events = topics.imageMetadata();
    String results = topics.fetchedImages();
    List<String> likeEvents =
        List.of(topics.imageState(), topics.imageThumbnails(), PendingChangelog.topic(topics));
    List<String> likeResults =
        List.of(topics.imageFingerprints(), changelogs.fingerprints(), changelogs.images());
    Map<String, Integer> counts =
        counts(
            admin,
            Stream.of(List.of(events, results, topics.fetchControl()), likeEvents, likeResults)
                .flatMap(List::stream)
                .filter(there::contains)
                .toList());
    List<String> problems = new ArrayList<>();
    likeEvents.forEach(topic -> compare(topic, events, counts, problems));
    likeResults.forEach(topic -> compare(topic, results, counts, problems));
    int control = counts.get(topics.fetchControl());
    if (control != 1) {
      problems.add(
          "%s has %d partitions instead of 1; delete it and run: twinstream topics"
              .formatted(topics.fetchControl(), control));
    }
    return problems;
  }

  private static Map<String, Integer> counts(Admin admin, List<String> names)
      throws ExecutionException, InterruptedException {
    return admin.describeTopics(names).allTopicNames().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().partitions().size()));
  }

  /** Changelogs are made when an instance first runs, with as many partitions as there were. */
  private static void compare(
      String topic, String other, Map<String, Integer> counts, List<String> problems) {
    Integer found = counts.get(topic);
    if (found == null || found.equals(counts.get(other))) {
      return;
    }
    problems.add(
        topic.endsWith("-changelog")
            ? "%s has %d partitions, but had %d when an instance first ran (%s); %s"
                .formatted(other, counts.get(other), found, topic, BY_KEY)
            : "%s has %d partitions instead of %d, which %s has; %s"
                .formatted(topic, found, counts.get(other), other, BY_KEY));
  }

  private List<String> policyProblems(Admin admin) throws ExecutionException, InterruptedException {
    Map<ConfigResource, String> wanted =
        definitions(1, 1).stream()
            .collect(
                Collectors.toMap(
                    topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                    topic -> topic.configs().get(CLEANUP_POLICY_CONFIG)));
    Map<ConfigResource, Config> found = admin.describeConfigs(wanted.keySet()).all().get();
    List<String> problems = new ArrayList<>();
    wanted.forEach((topic, policy) -> {
      String is = found.get(topic).get(CLEANUP_POLICY_CONFIG).value();
      if (!is.equals(policy)) {
        problems.add(
            ("%s has cleanup.policy=%s instead of %s, so that records are lost that are needed;"
                    + " change it: kafka-configs.sh --bootstrap-server HOST:PORT --alter --topic %s"
                    + " --add-config cleanup.policy=%s")
                .formatted(topic.name(), is, policy, topic.name(), policy));
      }
    });
    return problems.stream().sorted().toList();
  }
}
