package io.twinstream.standalone.replay;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the fingerprint log once: one thread takes it from the cluster, one makes records of bytes,
 * and one works with them, in batches and in order.
 */
final class LogPass {
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);
  private static final int BATCH = 1_000;
  private static final int UNDER_WAY = 6;

  private final KnownTopics known;
  private final LogRange range;

  LogPass(KnownTopics known, LogRange range) {
    this.known = known;
    this.range = range;
  }

  /**
   * A record of an image.
   *
   * @param record null if the image was removed
   */
  record Entry(int partition, long offset, long time, ImageKey key, FingerprintRecord record) {}

  /**
   * Reads.
   *
   * @param reader at where to begin, with the end that is meant
   * @param work is handed all images of the range; called by one other thread
   * @throws RefusedException if a record can't be read
   */
  void read(TopicReader reader, String what, Progress progress, Consumer<List<Entry>> work) {
    Map<Integer, Long> ends = reader.ends();
    try (ExecutorService parsing = Executors.newSingleThreadExecutor();
        ExecutorService working = Executors.newSingleThreadExecutor()) {
      Batches batches = new Batches(parsing, working, work);
      known.toEnd(
          reader,
          what,
          progress,
          record -> {
            // A poll may bring more than was asked for.
            if (record.offset() < ends.get(record.partition()) && range.has(record)) {
              batches.take(record);
            }
          });
      batches.finish();
    }
  }

  private static final class Batches {
    private final ExecutorService parsing;
    private final ExecutorService working;
    private final Consumer<List<Entry>> work;
    private final Semaphore room = new Semaphore(UNDER_WAY);
    private List<ConsumerRecord<byte[], byte[]>> batch = new ArrayList<>();
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

    private Batches(ExecutorService parsing, ExecutorService working, Consumer<List<Entry>> work) {
      this.parsing = parsing;
      this.working = working;
      this.work = work;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
      batch.add(record);
      if (batch.size() == BATCH) {
        flush();
      }
    }

    private void flush() {
      room.acquireUninterruptibly();
      List<ConsumerRecord<byte[], byte[]>> records = batch;
      batch = new ArrayList<>();
      CompletableFuture<List<Entry>> parsed =
          CompletableFuture.supplyAsync(
              () -> records.stream().map(LogPass::entry).toList(), parsing);
      done =
          done.thenCombineAsync(
              parsed,
              (_, entries) -> {
                work.accept(entries);
                return (Void) null;
              },
              working);
      // What failed must not hold up whoever waits for room to be told of it.
      var _ = done.whenComplete((_, _) -> room.release());
      if (done.isCompletedExceptionally()) {
        await();
      }
    }

    private void finish() {
      flush();
      await();
    }

    private void await() {
      try {
        done.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }

  private static Entry entry(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new Entry(
          record.partition(),
          record.offset(),
          record.timestamp(),
          ImageKeySerde.read(record.key()),
          LOGGED.read(record.value()));
    } catch (UnreadableEventException e) {
      throw new RefusedException(
          "%s-%d@%d is no record of this build: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
    }
  }
}
