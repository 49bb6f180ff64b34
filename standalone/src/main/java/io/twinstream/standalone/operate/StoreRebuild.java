package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.topology.FingerprintChangelogs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes the changelogs of the matcher's stores anew from the fingerprint log, for another
 * algorithm or another layout: what was there is taken out, then what has to be there is written.
 * From before the first change until after the last one a mark in each partition keeps instances
 * from starting; so one that was cut off is only given again. Stores on disk follow by restoring
 * what they lack. In memory is an entry an image.
 */
public final class StoreRebuild {
  private static final int BATCH = 2_000;
  private static final String NEVER_RAN =
      "with this --prefix no instance of the app has ever run there, so there is nothing to"
          + " rebuild";

  private final KnownTopics known;
  private final Topics topics;
  private final Progress progress;
  private final FingerprintChangelogs changelogs;

  /**
   * @param known of a cluster that is up
   */
  public StoreRebuild(KnownTopics known, Topics topics, Progress progress) {
    this.known = known;
    this.topics = topics;
    this.progress = progress;
    this.changelogs = new FingerprintChangelogs(topics);
  }

  /**
   * What a rebuild would find.
   *
   * @param images how many the log has
   * @param atWork the instances that have to be stopped before
   */
  public record Outlook(long images, List<String> atWork) {}

  /**
   * Looks whether {@link #rebuild} could be done once no instance is at work, and changes nothing.
   *
   * @throws RefusedException if not
   */
  public Outlook check(String algorithm) {
    try (Work work = new Work(algorithm)) {
      work.open();
      work.look();
      return new Outlook(work.images.size(), work.standStill.members());
    }
  }

  /**
   * Does it, and returns for how many images.
   *
   * @param algorithm by which will be matched
   * @throws RefusedException if instances are at work, images lack the algorithm's hash, or a topic
   *     is missing; nothing is changed
   * @throws io.twinstream.standalone.engine.StoppedException if it was stopped; has it begun to
   *     write, then no instance starts until it was done again
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer; the
   *     same holds
   */
  public long rebuild(String algorithm) {
    try (Work work = new Work(algorithm)) {
      work.standStill.awaitEnd();
      work.open();
      work.look();
      try (TransactionalSender sender =
          new TransactionalSender(
              known, topics.applicationId() + "-rebuild", "rebuild these stores")) {
        work.write(sender);
      }
      return work.images.size();
    }
  }

  private final class Work implements AutoCloseable {
    private final String algorithm;
    private final LoggedImages images = new LoggedImages();
    // The last of each partition that this rebuild has not written itself.
    private final Map<Integer, byte[]> marks = new HashMap<>();
    // What the last mark of each partition tells, whoever wrote it, and the highest that one told.
    private final Map<Integer, Long> lastNext = new HashMap<>();
    private final Map<Integer, Long> highestNext = new HashMap<>();
    private final StandStill standStill = new StandStill(known, topics.applicationId());
    private TopicReader log;
    private TopicReader stored;
    private int partitions;
    private boolean begun;

    private Work(String algorithm) {
      this.algorithm = algorithm;
    }

    private void open() {
      log = known.open(topics.imageFingerprints(), KnownTopics.MADE_BY);
      stored = known.open(changelogs.fingerprints(), NEVER_RAN);
      partitions = log.starts().size();
      if (stored.starts().size() != partitions) {
        throw new RefusedException(
            "%s has %d partitions and %s has %d; they have to be as many"
                .formatted(
                    topics.imageFingerprints(),
                    partitions,
                    changelogs.fingerprints(),
                    stored.starts().size()));
      }
    }

    private void look() {
      readOn();
      long lacking = images.lacking(algorithm);
      if (lacking > 0) {
        throw new RefusedException(
            ("%,d of %,d images have no %s in the fingerprint log, only: %s. Start instances with"
                    + " --more-hashes \"%s\" and the algorithm that they had, and send these images"
                    + " once more: they keep their places")
                .formatted(lacking, images.size(), algorithm, images.byAlgorithm(), algorithm));
      }
    }

    /** Reads on to where the topics end by now. */
    private void readOn() {
      standStill.awaitTransactions(
          List.of(topics.imageFingerprints(), changelogs.fingerprints(), changelogs.images()),
          partitions);
      log.extend();
      known.toEnd(log, "the fingerprint log", progress, images::read);
      stored.extend();
      known.toEnd(stored, "the stores, for their marks", progress, this::findMark);
    }

    private void findMark(ConsumerRecord<byte[], byte[]> record) {
      if (!FingerprintChangelogs.isMark(record.key())) {
        return;
      }
      byte[] mark = record.value();
      OptionalLong told =
          mark == null ? OptionalLong.of(0) : FingerprintChangelogs.nextPosition(mark);
      told.ifPresent(next -> {
        lastNext.put(record.partition(), next);
        highestNext.merge(record.partition(), next, Math::max);
      });
      boolean isOwn = begun && (mark == null || FingerprintChangelogs.isBeingRebuilt(mark));
      if (!isOwn) {
        marks.compute(record.partition(), (_, _) -> mark);
      }
    }

    /** Never one that was given: each was written to the log, which may have lost it since. */
    private long nextPosition(int partition) {
      byte[] mark = marks.get(partition);
      boolean isTold = mark != null && FingerprintChangelogs.nextPosition(mark).isPresent();
      long least = isTold ? 0 : log.ends().get(partition);
      return Math.max(
          Math.max(images.nextPosition(partition), highestNext.getOrDefault(partition, 0L)), least);
    }

    private void write(TransactionalSender sender) {
      // The first look may have taken long.
      look();
      standStill.check();
      begun = true;
      sender.send(forEachPartition(it -> changelogs.beingRebuilt(it, nextPosition(it), algorithm)));
      try {
        // One that started meanwhile may not have seen the mark; one that starts now will.
        standStill.check();
        look();
      } catch (RefusedException e) {
        try {
          takeBack(sender);
        } catch (RefusedException stillOpen) {
          throw new BrokenException(
              "%s; and until this is done again no instance starts, as what was begun can't be taken back: %s"
                  .formatted(e.getMessage(), stillOpen.getMessage()),
              stillOpen);
        }
        throw e;
      }
      takeOut(changelogs.fingerprints(), sender);
      takeOut(changelogs.images(), sender);
      putIn(sender);
      sender.send(forEachPartition(this::complete));
    }

    /**
     * Puts back the marks of instances, with the highest next positions. One that is at work may
     * write its own right before, so this is done until there is no higher one before the last.
     */
    private void takeBack(TransactionalSender sender) {
      readOn();
      do {
        sender.send(forEachPartition(this::asBefore));
        readOn();
      } while (marks.keySet().stream()
          .anyMatch(it -> lastNext.getOrDefault(it, 0L) < highestNext.getOrDefault(it, 0L)));
    }

    private ProducerRecord<byte[], byte[]> asBefore(int partition) {
      byte[] mark = marks.get(partition);
      return mark == null
          ? changelogs.noMark(partition)
          : changelogs.mark(partition, mark, nextPosition(partition));
    }

    /**
     * A partition in which nothing ever was has no mark. What was adopted for the algorithm holds
     * again.
     */
    private ProducerRecord<byte[], byte[]> complete(int partition) {
      long next = nextPosition(partition);
      return images
          .adopted(partition)
          .filter(threshold -> threshold.algorithm().equals(algorithm))
          .map(threshold -> changelogs.complete(partition, next, threshold))
          .orElseGet(() ->
              next == 0
                  ? changelogs.noMark(partition)
                  : changelogs.complete(partition, next, algorithm));
    }

    private List<ProducerRecord<byte[], byte[]>> forEachPartition(
        IntFunction<ProducerRecord<byte[], byte[]>> record) {
      return IntStream.range(0, partitions).mapToObj(record).toList();
    }

    private void takeOut(String topic, TransactionalSender sender) {
      try (TopicReader reader = known.open(topic, NEVER_RAN)) {
        inBatches(
            sender,
            send ->
                known.toEnd(
                    reader,
                    "what is stored, to take it out",
                    progress,
                    record -> {
                      boolean isMark =
                          topic.equals(changelogs.fingerprints())
                              && FingerprintChangelogs.isMark(record.key());
                      if (record.value() != null && !isMark) {
                        send.accept(
                            new ProducerRecord<>(topic, record.partition(), record.key(), null));
                      }
                    }));
      }
    }

    private void putIn(TransactionalSender sender) {
      try (TopicReader reader = known.open(topics.imageFingerprints(), KnownTopics.MADE_BY)) {
        inBatches(
            sender,
            send ->
                known.toEnd(
                    reader,
                    "the fingerprint log, to store it",
                    progress,
                    record -> {
                      if (images.isLast(record)) {
                        changelogs.rows(
                            record.partition(),
                            LoggedImages.keyOf(record),
                            LoggedImages.contentOf(record),
                            algorithm,
                            send);
                      }
                    }));
      }
    }

    private static void inBatches(
        TransactionalSender sender, Consumer<Consumer<ProducerRecord<byte[], byte[]>>> work) {
      List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
      work.accept(record -> {
        batch.add(record);
        if (batch.size() == BATCH) {
          sender.send(batch);
          batch.clear();
        }
      });
      sender.send(batch);
    }

    @Override
    public void close() {
      standStill.close();
      if (log != null) {
        log.close();
      }
      if (stored != null) {
        stored.close();
      }
    }
  }
}
