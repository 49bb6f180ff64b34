package io.twinstream.standalone.operate;

import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Whether anybody is at work on the app's stores. */
final class StandStill implements AutoCloseable {
  /** Longer than an instance takes to stop, and its session, until which it is a member. */
  private static final Duration SESSION = Duration.ofSeconds(60);

  /** Longer than a transaction of an instance may be open. */
  private static final Duration TRANSACTION = Duration.ofSeconds(60);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KnownTopics known;
  private final String group;
  private final Admin admin;

  /**
   * @param group the app's
   */
  StandStill(KnownTopics known, String group) {
    this.known = known;
    this.group = group;
    admin = known.admin();
  }

  /**
   * Waits until those instances are gone that were stopped or killed a moment ago.
   *
   * @throws RefusedException if there still are some then
   */
  void awaitEnd() {
    long start = System.nanoTime();
    while (!members().isEmpty() && System.nanoTime() - start < SESSION.toNanos()) {
      pause();
    }
    check();
  }

  /**
   * Looks once.
   *
   * @throws RefusedException if there are instances
   */
  void check() {
    List<String> members = members();
    if (!members.isEmpty()) {
      throw new RefusedException(
          ("instances are at work in the group %s: %s; stop them first, and start none until this"
                  + " has ended")
              .formatted(group, String.join(", ", members)));
    }
  }

  /** The instances, each as a person knows it. */
  List<String> members() {
    return known.ask(() -> {
      try {
        return described();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof GroupIdNotFoundException) {
          return List.of();
        }
        throw e;
      }
    });
  }

  private List<String> described() throws ExecutionException, InterruptedException {
    return admin
        .describeConsumerGroups(List.of(group))
        .describedGroups()
        .get(group)
        .get()
        .members()
        .stream()
        .map(member ->
            "%s at %s".formatted(member.groupInstanceId().orElse(member.clientId()), member.host()))
        .sorted()
        .toList();
  }

  /**
   * Waits until no transaction is open that has written to these topics by now: what an instance
   * had written when it ended is there then, or never will be.
   *
   * @param partitions how many each of them has
   * @throws RefusedException if one stays open
   */
  void awaitTransactions(List<String> topics, int partitions) {
    List<TopicPartition> all =
        topics.stream()
            .flatMap(topic ->
                IntStream.range(0, partitions).mapToObj(it -> new TopicPartition(topic, it)))
            .toList();
    long start = System.nanoTime();
    Map<TopicPartition, Long> written = ends(all, IsolationLevel.READ_UNCOMMITTED);
    while (!reach(ends(all, IsolationLevel.READ_COMMITTED), written)) {
      if (System.nanoTime() - start > TRANSACTION.toNanos()) {
        throw new RefusedException(
            "a transaction is open on one of %s; kafka-transactions.sh finds whose it is"
                .formatted(topics));
      }
      pause();
    }
  }

  private static boolean reach(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> written) {
    return written.entrySet().stream().allMatch(it -> ends.get(it.getKey()) >= it.getValue());
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> all, IsolationLevel isolation) {
    return known
        .ask(() ->
            admin
                .listOffsets(
                    all.stream()
                        .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest())),
                    new ListOffsetsOptions(isolation))
                .all()
                .get())
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().offset()));
  }

  private void pause() {
    if (known.stopped().getAsBoolean()) {
      throw new StoppedException();
    }
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
