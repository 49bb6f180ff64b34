package io.twinstream.examples.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A consumer on a thread of its own. */
final class RunningConsumer implements AutoCloseable {
  static final String GROUP = "quarantine";

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final QuarantineConsumer consumer;
  private final CompletableFuture<Void> ended;

  private RunningConsumer(String bootstrap, Quarantine quarantine) {
    consumer =
        new QuarantineConsumer(
            bootstrap, "", GROUP, quarantine, new PrintStream(output, true, UTF_8));
    ended =
        CompletableFuture.runAsync(
            () -> {
              try {
                consumer.run();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            },
            command -> Thread.ofPlatform().start(command));
  }

  static RunningConsumer start(String bootstrap, Path quarantine) throws IOException {
    return new RunningConsumer(bootstrap, new FileQuarantine(quarantine));
  }

  static RunningConsumer start(String bootstrap, Quarantine quarantine) {
    return new RunningConsumer(bootstrap, quarantine);
  }

  String output() {
    return output.toString(UTF_8);
  }

  long refused() {
    return consumer.refused();
  }

  /** Completes when the consumer has ended, by itself or not. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Waits until everything that is in the topics now was read and committed. */
  static void awaitCaughtUp(Admin admin) throws Exception {
    Map<TopicPartition, Long> ends = ends(admin);
    await()
        .until(() -> {
          Set<TopicPartition> behind = new HashSet<>();
          var committed =
              admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
          ends.forEach((partition, end) -> {
            var at = committed.get(partition);
            if (end > 0 && (at == null || at.offset() < end)) {
              behind.add(partition);
            }
          });
          return behind.isEmpty();
        });
  }

  private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (String topic : Set.of("image-metadata", "duplicate-found", "unique")) {
      int partitions =
          admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic).partitions().size();
      for (int partition = 0; partition < partitions; partition++) {
        asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
      }
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
        .all()
        .get()
        .forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  /** Makes the group forget what it has read, as if nothing had been committed. */
  static void forgetOffsets(Admin admin) throws Exception {
    admin.deleteConsumerGroups(Set.of(GROUP)).all().get();
  }

  void stop() {
    consumer.stop();
    ended.join();
  }

  @Override
  public void close() {
    stop();
  }
}
