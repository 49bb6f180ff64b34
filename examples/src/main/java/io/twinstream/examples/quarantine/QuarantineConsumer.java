package io.twinstream.examples.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Puts duplicates into quarantine, and out of it again when a later event of the same image says
 * that it is unique, or removes it. Moves and deletes no picture.
 *
 * <p><b>Delivery.</b> Offsets are committed after the effect, so a record is delivered at least
 * once: after a crash, or when a rebalance comes between effect and commit, the last batch comes
 * again. Effects are idempotent (see {@link Quarantine#obey}), so that nobody notices. {@code
 * read_committed} leaves out verdicts of transactions that were rolled back.
 *
 * <p><b>Topics.</b> {@code duplicate-found} and {@code unique} say what an image is; {@code
 * image-metadata} is read for its null values, since a removal has no verdict. One that became a
 * dead letter, for having more than 16 KB of headers, releases all the same, though Twinstream
 * still knows the image: its sender wants it gone. {@code download-failed} is not read: what failed
 * leaves the last fingerprint, and so the last verdict, in place. These topics come in no common
 * order, and {@link EventPlace} says what orders them.
 *
 * <p><b>Unreadable records</b> are counted, told of with their place, and passed: they would be no
 * better at another try, and one of them must not hold up all others. They can be looked up at
 * their place for as long as the topic keeps them. A quarantine that can't be written is another
 * matter: then this stops, and goes on where it was when it is started again.
 *
 * <p>No rebalance listener is needed: nothing is kept between two polls, and partitions are only
 * taken away within a poll, when all that came before is in the quarantine.
 */
public final class QuarantineConsumer {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Map<String, Object> config;
  private final String events;
  private final List<String> topics;
  private final Quarantine quarantine;
  private final PrintStream out;
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean stopping;
  private volatile KafkaConsumer<byte[], byte[]> consumer;

  /**
   * Ready to run.
   *
   * @param bootstrap where the cluster is, {@code host:port[,…]}
   * @param prefix of the names of the topics, may be empty
   * @param group consumers of one group share the work, and must share the quarantine
   * @param out hears of each change and each unreadable record
   */
  public QuarantineConsumer(
      String bootstrap, String prefix, String group, Quarantine quarantine, PrintStream out) {
    this.quarantine = quarantine;
    this.out = out;
    events = prefix + "image-metadata";
    topics = List.of(events, prefix + "duplicate-found", prefix + "unique");
    config =
        Map.ofEntries(
            Map.entry("bootstrap.servers", bootstrap),
            Map.entry("group.id", group),
            Map.entry("isolation.level", "read_committed"),
            Map.entry("enable.auto.commit", false),
            // A new group begins with all that the topics still have.
            Map.entry("auto.offset.reset", "earliest"),
            // A topic made by a reader would have the wrong number of partitions.
            Map.entry("allow.auto.create.topics", false),
            // How long the partitions of a consumer that was killed wait for another.
            Map.entry("session.timeout.ms", 10_000),
            Map.entry("heartbeat.interval.ms", 2_000));
  }

  /**
   * Runs until {@link #stop()}.
   *
   * @throws IOException if the quarantine can't be written
   * @throws KafkaException if the cluster refuses this consumer
   */
  public void run() throws IOException {
    // Bytes, because a deserializer that throws would do so at each poll, for ever.
    try (KafkaConsumer<byte[], byte[]> opened =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer = opened;
      opened.subscribe(topics);
      while (!stopping) {
        ConsumerRecords<byte[], byte[]> records = opened.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          handle(record);
        }
        if (!records.isEmpty()) {
          commit(opened);
        }
      }
    } catch (WakeupException e) {
      // Asked to stop. What was not committed comes again and changes nothing.
    }
  }

  private void handle(ConsumerRecord<byte[], byte[]> record) throws IOException {
    String place = "%s-%s@%s".formatted(record.topic(), record.partition(), record.offset());
    boolean isEvent = record.topic().equals(events);
    if (isEvent && record.value() != null) {
      return;
    }
    try {
      String image = text(record.key());
      Ruling ruling =
          isEvent
              ? new Ruling.Release(image, EventPlace.parse(place))
              : VerdictReader.read(image, record.value());
      switch (quarantine.obey(ruling)) {
        case QUARANTINED -> out.println("quarantined " + ruling);
        case RELEASED -> out.println("released " + ruling);
        case NONE -> {}
      }
    } catch (RefusedRecordException e) {
      refused.incrementAndGet();
      out.println("passed over %s: %s".formatted(place, e.getMessage()));
    }
  }

  private static String text(byte[] key) throws RefusedRecordException {
    if (key == null) {
      throw new RefusedRecordException("the record has no key");
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedRecordException("the key is not UTF-8", e);
    }
  }

  private void commit(KafkaConsumer<byte[], byte[]> opened) {
    try {
      opened.commitSync();
    } catch (CommitFailedException | RebalanceInProgressException e) {
      out.println("another consumer takes over, and will see some records again");
    }
  }

  /** Ends {@link #run()} soon, from any thread. */
  public void stop() {
    stopping = true;
    KafkaConsumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.wakeup();
    }
  }

  /** How many records were passed over as unreadable. */
  public long refused() {
    return refused.get();
  }

  /**
   * Runs until Ctrl-C or SIGTERM.
   *
   * @param args {@code --bootstrap HOST:PORT --quarantine FOLDER [--prefix PREFIX] [--group NAME]}
   */
  public static void main(String... args) {
    Map<String, String> options = new HashMap<>(Map.of("--prefix", "", "--group", "quarantine"));
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    if (args.length % 2 == 1
        || !options.keySet().equals(Set.of("--bootstrap", "--quarantine", "--prefix", "--group"))) {
      System.err.println(
          "usage: QuarantineConsumer --bootstrap HOST:PORT --quarantine FOLDER"
              + " [--prefix PREFIX] [--group NAME]");
      System.exit(2);
    }
    System.exit(run(options));
  }

  private static int run(Map<String, String> options) {
    CountDownLatch ended = new CountDownLatch(1);
    try {
      QuarantineConsumer consumer =
          new QuarantineConsumer(
              options.get("--bootstrap"),
              options.get("--prefix"),
              options.get("--group"),
              new FileQuarantine(Path.of(options.get("--quarantine"))),
              System.out);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(() -> {
                    consumer.stop();
                    awaitQuietly(ended);
                  }));
      consumer.run();
      System.out.println("stopped; passed over %s records".formatted(consumer.refused()));
      return 0;
    } catch (IOException | KafkaException e) {
      System.err.println("stopped: " + e.getMessage());
      return 1;
    } finally {
      ended.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
