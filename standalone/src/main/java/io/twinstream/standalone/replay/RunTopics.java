package io.twinstream.standalone.replay;

import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;

/** The topics of a replay's verdicts, made as those of the live run are. */
final class RunTopics {
  private final Runs runs;
  private final Topics live;
  private final Topics own;

  RunTopics(Runs runs, String run) {
    this.runs = runs;
    live = runs.topics();
    own = live.of(run);
  }

  /** Their names. */
  List<String> names() {
    return List.of(own.unique(), own.duplicateFound());
  }

  String unique() {
    return own.unique();
  }

  String duplicateFound() {
    return own.duplicateFound();
  }

  /**
   * Looks whether a new run can have them.
   *
   * @throws RefusedException if they are there: they are somebody else's
   */
  void requireFree() {
    Set<String> existing = runs.existing();
    for (String name : names()) {
      if (existing.contains(name)) {
        throw new RefusedException(
            "there is a topic %s, which is of no replay; choose another --run".formatted(name));
      }
    }
  }

  /** Makes those that are missing. */
  void provision() {
    TopicDescription description =
        runs.known()
            .ask(() ->
                runs.admin()
                    .describeTopics(List.of(live.unique()))
                    .allTopicNames()
                    .get()
                    .get(live.unique()));
    int replicas = description.partitions().getFirst().replicas().size();
    // They are kept until their run is deleted.
    List<TopicDefinition> definitions =
        own.definitions(description.partitions().size(), 1, Topics.FOR_EVER).stream()
            .filter(topic -> names().contains(topic.name()))
            .toList();
    new TopicProvisioner(runs.admin(), (short) replicas).provision(definitions);
  }
}
