package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.topology.FingerprintChangelogs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
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
   * What the log has.
   *
   * @param images how many
   * @param byAlgorithm how many of these have the hash of which algorithm
   */
  public record Outcome(long images, SortedMap<String, Long> byAlgorithm) {}

  /**
   * Looks whether {@link #rebuild} could be done, and changes nothing.
   *
   * @throws RefusedException if not
   */
  public Outcome check(String algorithm) {
    try (Work work = new Work(algorithm)) {
      work.prepare();
      return work.outcome();
    }
  }

  /**
   * Does it.
   *
   * @param algorithm by which will be matched
   * @throws RefusedException if instances are at work, images lack the algorithm's hash, or a topic
   *     is missing; nothing is changed
   * @throws io.twinstream.standalone.engine.StoppedException if it was stopped; has it begun to
   *     write, then no instance starts until it was done again
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer; the
   *     same holds
   */
  public Outcome rebuild(String algorithm) {
    try (Work work = new Work(algorithm)) {
      work.prepare();
      try (TransactionalSender sender =
          new TransactionalSender(
              known, topics.applicationId() + "-rebuild", "rebuild these stores")) {
        work.write(sender);
      }
      return work.outcome();
    }
  }

  private final class Work implements AutoCloseable {
    private final String algorithm;
    private final LoggedImages images = new LoggedImages();
    private final Map<Integer, byte[]> marks = new HashMap<>();
    private final StandStill standStill = new StandStill(known, topics.applicationId());
    private TopicReader log;
    private TopicReader stored;
    private int partitions;

    private Work(String algorithm) {
      this.algorithm = algorithm;
    }

    private void prepare() {
      standStill.awaitEnd();
      log = known.open(topics.imageFingerprints(), DeadLetters.MADE_BY);
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
      look();
    }

    /** Reads on to where the topics end by now. */
    private void look() {
      standStill.awaitTransactions(
          List.of(topics.imageFingerprints(), changelogs.fingerprints(), changelogs.images()),
          partitions);
      log.extend();
      known.toEnd(log, "the fingerprint log", progress, images::read);
      stored.extend();
      known.toEnd(stored, "the stores, for their marks", progress, this::findMark);
      long lacking = images.lacking(algorithm);
      if (lacking > 0) {
        throw new RefusedException(
            ("%,d of %,d images have no %s in the fingerprint log, only: %s. Start instances with"
                    + " --more-hashes \"%s\" and the algorithm that they had, and send these images"
                    + " once more: they keep their places")
                .formatted(lacking, images.size(), algorithm, images.byAlgorithm(), algorithm));
      }
    }

    private void findMark(ConsumerRecord<byte[], byte[]> record) {
      if (FingerprintChangelogs.isMark(record.key())) {
        marks.put(record.partition(), record.value());
      }
    }

    /** Never one that was given: each was written to the log, which may have lost it since. */
    private long nextPosition(int partition) {
      byte[] mark = marks.get(partition);
      OptionalLong marked =
          mark == null ? OptionalLong.empty() : FingerprintChangelogs.nextPosition(mark);
      return Math.max(
          images.nextPosition(partition), marked.orElseGet(() -> log.ends().get(partition)));
    }

    private void write(TransactionalSender sender) {
      Map<Integer, byte[]> before = new HashMap<>(marks);
      sender.send(forEachPartition(it -> changelogs.beingRebuilt(it, nextPosition(it), algorithm)));
      try {
        // One that started meanwhile may not have seen the mark; one that starts now will.
        standStill.check();
        look();
      } catch (RuntimeException e) {
        sender.send(forEachPartition(it -> changelogs.mark(it, before.get(it))));
        throw e;
      }
      takeOut(changelogs.fingerprints(), sender);
      takeOut(changelogs.images(), sender);
      putIn(sender);
      sender.send(forEachPartition(this::complete));
    }

    /** A partition in which nothing ever was has no mark. */
    private ProducerRecord<byte[], byte[]> complete(int partition) {
      long next = nextPosition(partition);
      return next == 0
          ? changelogs.mark(partition, null)
          : changelogs.complete(partition, next, algorithm);
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
      try (TopicReader reader = known.open(topics.imageFingerprints(), DeadLetters.MADE_BY)) {
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

    private Outcome outcome() {
      return new Outcome(images.size(), images.byAlgorithm());
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
