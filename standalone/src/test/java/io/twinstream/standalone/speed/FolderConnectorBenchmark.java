package io.twinstream.standalone.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.twinstream.ingest.folder.FolderSourceConnector;
import io.twinstream.ingest.folder.FolderSourceTask;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.engine.EmbeddedConnect;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a folder of small files is published: by the connector alone, and through a real worker
 * with exactly-once sources to a real broker in the same JVM. {@code -Dspeed.files}, {@code
 * -Dspeed.files-a-folder} and {@code -Dspeed.rounds} say how many files, in how large folders, and
 * how often; {@code -Dspeed.settings=NAME=VALUE,…} changes settings of the connector.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FolderConnectorBenchmark {
  private static final int FILES = Integer.getInteger("speed.files", 200_000);
  private static final int ROUNDS = Integer.getInteger("speed.rounds", 3);
  private static final String SETTINGS = System.getProperty("speed.settings", "");
  private static final int FILES_A_FOLDER = Integer.getInteger("speed.files-a-folder", 500);
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Topics TOPICS = new Topics("");
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir private static Path temporary;
  private static Path folder;

  private static Path folder() throws IOException {
    if (folder == null) {
      folder = Files.createDirectory(temporary.resolve("pictures"));
      for (int i = 0; i < FILES; i++) {
        Path parent = folder.resolve(String.format(Locale.ROOT, "shelf-%04d", i / FILES_A_FOLDER));
        if (i % FILES_A_FOLDER == 0) {
          Files.createDirectory(parent);
        }
        // Empty: the name says that it is an image, so the connector asks for no content.
        Files.createFile(parent.resolve(String.format(Locale.ROOT, "IMG_%06d.jpg", i)));
      }
    }
    return folder;
  }

  private static Map<String, String> config(String source) throws IOException {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", FolderSourceConnector.class.getName());
    config.put("source.name", source);
    config.put("folder.path", folder().toString());
    for (String setting : SETTINGS.isEmpty() ? new String[0] : SETTINGS.split(",")) {
      int equals = setting.indexOf('=');
      config.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return config;
  }

  @Test
  @Order(1)
  void theConnectorAlone() throws Exception {
    folder();
    for (int round = 1; round <= ROUNDS; round++) {
      FolderSourceTask task = new FolderSourceTask();
      task.initialize(new Nothing());
      resetPeaks();
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      task.start(config("alone"));
      int found = 0;
      while (found < FILES) {
        List<SourceRecord> records = task.poll();
        if (records != null) {
          found +=
              (int)
                  records.stream()
                      .filter(record -> record.topic().equals(TOPICS.imageMetadata()))
                      .count();
        }
      }
      double seconds = seconds(start);
      double micros = micros(cpu);
      task.stop();
      assertThat(found).isEqualTo(FILES);
      report(
          "alone",
          round,
          String.format(
              Locale.ROOT,
              "%,.0f files/s, %.0f µs of CPU a file, %s",
              FILES / seconds,
              micros,
              heap()));
    }
  }

  @Test
  @Order(2)
  void throughAWorkerAndABroker() throws Exception {
    folder();
    for (int round = 1; round <= ROUNDS; round++) {
      try (EmbeddedBroker broker = EmbeddedBroker.start(temporary.resolve("kafka-" + round));
          Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(1, 1, Topics.FOR_EVER));
        pass(broker, admin, round, "first pass", FILES);
        pass(broker, admin, round, "unchanged", 0);
      }
    }
  }

  private static void pass(EmbeddedBroker broker, Admin admin, int round, String name, int expected)
      throws Exception {
    try (EmbeddedConnect connect = EmbeddedConnect.start(admin, broker.bootstrapServers());
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      long empty = usedAfterCollection();
      resetPeaks();
      long cpu = SYSTEM.getProcessCpuTime();
      long start = System.nanoTime();
      connect.run("pictures", config("pictures")).get();
      Arrivals arrivals = read(consumer);
      double whole = seconds(start);
      double micros = micros(cpu);
      assertThat(connect.failureOf("pictures")).isEmpty();
      assertThat(arrivals.count).isEqualTo(expected);
      String speed =
          expected == 0
              ? String.format(Locale.ROOT, "%.1f s for all of it", whole)
              : String.format(
                  Locale.ROOT,
                  "%,.0f files/s between the first and the last record, %.1f s with the start of"
                      + " the task",
                  expected / arrivals.seconds(),
                  whole);
      report(
          name,
          round,
          String.format(
              Locale.ROOT,
              "%s; %.0f µs of CPU a file; %s, of it %,d bytes a file kept for good",
              speed,
              micros,
              heap(),
              (usedAfterCollection() - empty) / FILES));
    }
  }

  private static final class Arrivals {
    private long count;
    private long first;
    private long last;

    private void add() {
      last = System.nanoTime();
      first = count == 0 ? last : first;
      count++;
    }

    private double seconds() {
      return (last - first) / 1e9;
    }
  }

  /** All images up to the record that says the source was read to its end. */
  private static Arrivals read(KafkaConsumer<byte[], byte[]> consumer) {
    Arrivals arrivals = new Arrivals();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    boolean complete = false;
    while (!complete && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        if (record.topic().equals(TOPICS.imageMetadata())) {
          arrivals.add();
        } else {
          complete = EventCodec.json(SourceProgress.class).read(record.value()).complete();
        }
      }
    }
    // Topics are read side by side: the end may be known before the last images are here.
    while (!consumer.poll(Duration.ofMillis(500)).isEmpty()) {
      throw new IllegalStateException("there were records behind the end of the source");
    }
    return arrivals;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "max.poll.records",
                10_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(
            new TopicPartition(TOPICS.imageMetadata(), 0),
            new TopicPartition(TOPICS.sourceProgress(), 0));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Of this whole process, broker and reader included; unlike the clock it knows no neighbours. */
  private static double micros(long before) {
    return (SYSTEM.getProcessCpuTime() - before) / 1e3 / FILES;
  }

  private static void resetPeaks() {
    System.gc();
    ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
  }

  private static long usedAfterCollection() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static String heap() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    return String.format(
        Locale.ROOT,
        "heap at most %,d MB, %,d MB when collected",
        peak >> 20,
        usedAfterCollection() >> 20);
  }

  private static void report(String what, int round, String figures) {
    System.out.printf(
        Locale.ROOT,
        "%-10s round %d of %,d files: %s (load %.1f)%n",
        what,
        round,
        FILES,
        figures,
        SYSTEM.getSystemLoadAverage());
  }

  /** A worker that remembers nothing. */
  private record Nothing() implements SourceTaskContext, OffsetStorageReader {
    @Override
    public Map<String, String> configs() {
      return Map.of();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return this;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> Map<String, Object> offset(Map<String, T> partition) {
      return null;
    }

    @Override
    public <T> Map<Map<String, T>, Map<String, Object>> offsets(
        Collection<Map<String, T>> partitions) {
      return Map.of();
    }
  }
}
