package io.twinstream.standalone.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The replays of a system, by name. Confined to one thread. */
public final class Runs implements AutoCloseable {
  /** What a name is made of, for people. */
  private static final String NAMES =
      "lower-case letters, digits, - and _, 40 at most, a letter or a digit first";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
  private static final EventCodec<ReplayRun> RUN = EventCodec.json(ReplayRun.class);
  private static final short AS_THE_CLUSTER_DOES = -1;

  private final KnownTopics known;
  private final Topics topics;
  private final Admin admin;

  /** Of a cluster that is up. */
  public Runs(KnownTopics known, Topics topics) {
    this.known = known;
    this.topics = topics;
    this.admin = known.admin();
  }

  /**
   * A name as it may be.
   *
   * @throws RefusedException if it may not
   */
  public static String requireName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(Verdict.LIVE)) {
      throw new RefusedException(
          name.equals(Verdict.LIVE)
              ? "live is the run of the app itself; give the replay another name"
              : "a run is named by %s, not '%s'".formatted(NAMES, name));
    }
    return name;
  }

  Topics topics() {
    return topics;
  }

  KnownTopics known() {
    return known;
  }

  /** The group that keeps how far a run is. */
  String group(String run) {
    return "%s-replay-%s".formatted(topics.applicationId(), run);
  }

  /** The topics that there are. */
  Set<String> existing() {
    return known.ask(() -> admin.listTopics().names().get());
  }

  /** All of them, by the time at which they were begun. */
  public List<ReplayRun> all() {
    if (!existing().contains(topics.replayRuns())) {
      return List.of();
    }
    Map<String, ReplayRun> last = new HashMap<>();
    try (TopicReader reader = known.open(topics.replayRuns(), "")) {
      known.toEnd(
          reader,
          "replays",
          Progress.NONE,
          record -> {
            String name = new String(record.key(), UTF_8);
            if (record.value() == null) {
              last.remove(name);
            } else {
              last.put(name, RUN.read(record.value()));
            }
          });
    }
    return last.values().stream().sorted(Comparator.comparing(ReplayRun::startedAt)).toList();
  }

  /** One of them. */
  public Optional<ReplayRun> find(String name) {
    return all().stream().filter(run -> run.run().equals(name)).findFirst();
  }

  /**
   * One that is done.
   *
   * @throws RefusedException if there is none, or it is not done
   */
  public ReplayRun finished(String name) {
    ReplayRun run =
        find(name)
            .orElseThrow(() ->
                new RefusedException("there is no run %s; there are: %s".formatted(name, names())));
    if (!run.isFinished()) {
      throw new RefusedException(
          "run %s is not done; the same twinstream replay goes on with it".formatted(name));
    }
    return run;
  }

  private String names() {
    List<String> names = all().stream().map(ReplayRun::run).toList();
    return names.isEmpty() ? "none but live" : "live, " + String.join(", ", names);
  }

  /** Writes down how it is with a run. */
  void put(ReplayRun run) {
    if (!existing().contains(topics.replayRuns())) {
      new TopicProvisioner(admin, AS_THE_CLUSTER_DOES)
          .provision(List.of(topics.replayRunsDefinition()));
    }
    write(run.run(), run);
  }

  private void write(String name, ReplayRun run) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", known.bootstrapServers(), "enable.metrics.push", false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var _ =
          known.ask(() ->
              producer
                  .send(
                      new ProducerRecord<>(
                          topics.replayRuns(), name.getBytes(UTF_8), RUN.write(run)))
                  .get());
    } catch (KafkaException e) {
      throw new BrokenException("can't write to %s".formatted(topics.replayRuns()), e);
    }
  }

  /**
   * Deletes a run: its topics, how far it is, and last its name, so that one that was cut off can
   * be deleted again.
   *
   * @throws RefusedException if there is none
   */
  public void delete(String name) {
    if (find(name).isEmpty()) {
      throw new RefusedException("there is no run %s; there are: %s".formatted(name, names()));
    }
    List<String> own =
        new RunTopics(this, name).names().stream().filter(existing()::contains).toList();
    var _ = known.ask(() -> admin.deleteTopics(own).all().get());
    deleteGroup(name);
    write(name, null);
  }

  private void deleteGroup(String name) {
    var _ =
        known.ask(() -> {
          try {
            return admin.deleteConsumerGroups(List.of(group(name))).all().get();
          } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
              return null;
            }
            throw e;
          }
        });
  }

  Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    admin.close();
  }
}
