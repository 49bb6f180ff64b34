package io.twinstream.topology;

import io.twinstream.app.BoundedRocksDb;
import io.twinstream.fetch.RetryPolicy;
import io.twinstream.index.HammingIndex;
import io.twinstream.index.PackedIndex;
import io.twinstream.match.MatchSettings;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with scripted loads and a clock that the test moves. */
final class TopologyHarness implements AutoCloseable {
  static final Topics TOPICS = new Topics("");
  static final Instant START = Instant.parse("2026-05-04T10:20:30Z");
  static final long FIRST_EVENT_TIME = 1000;
  static final Duration TICK = Duration.ofMillis(5);
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final EventCodec<FingerprintRecord> LOG = EventCodec.json(FingerprintRecord.class);
  private static final EventCodec<FetchResult> RESULT = EventCodec.smile(FetchResult.class);

  final ScriptedLoads loads = new ScriptedLoads();
  private final Path stateDirectory;
  private final IntFunction<HammingIndex> newIndex;
  private final Map<String, List<TestRecord<byte[], byte[]>>> written = new HashMap<>();
  private final Map<String, Integer> read = new HashMap<>();
  private MatchSettings matching = ScriptedLoads.MATCHING;
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> events;
  private Instant now = START;
  private long sent;

  TopologyHarness(Path stateDirectory, FetchSettings settings) {
    this(stateDirectory, settings, PackedIndex::new);
  }

  TopologyHarness(Path stateDirectory, FetchSettings settings, IntFunction<HammingIndex> newIndex) {
    this.stateDirectory = stateDirectory;
    this.newIndex = newIndex;
    start(settings);
  }

  /** Waits of at most 1 s and then 2 s, three tries. */
  static FetchSettings settings(FetchOrder order, int inFlight, int window) {
    RetryPolicy retry = new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(2));
    return new FetchSettings(order, inFlight, window, 100, retry, TICK);
  }

  private void start(FetchSettings settings) {
    Properties config = new Properties();
    config.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "twinstream",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
            "unused:9092",
            StreamsConfig.STATE_DIR_CONFIG,
            stateDirectory.toString(),
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            StreamsConfig.EXACTLY_ONCE_V2,
            StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
            0L,
            StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
            BoundedRocksDb.class.getName(),
            StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
            true));
    driver =
        new TopologyTestDriver(
            ImageTopology.build(
                TOPICS,
                settings,
                matching,
                loads.parts(() -> now),
                new IndexBuilder(matching.threshold(), newIndex),
                () -> now),
            config,
            now);
    events =
        driver.createInputTopic(
            TOPICS.imageMetadata(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Ends the task and starts another over the rows that it leaves. */
  void restart(FetchSettings settings) {
    restart(settings, rows());
  }

  /**
   * Ends the task, loses its state directory and starts another over what its changelogs restore.
   * Of a task that has failed they have what it had committed.
   */
  void restartWithStateLost(FetchSettings settings) {
    restart(settings, changelogs());
  }

  /** Does what {@link #restart} does, and tells the new task another radius. */
  void restartWithin(int radius, FetchSettings settings) {
    matching = matching.within(radius);
    restart(settings);
  }

  private void restart(
      FetchSettings settings, Map<String, List<ConsumerRecord<byte[], byte[]>>> rows) {
    drain();
    driver.close(); // Takes its directory with it.
    loads.forget();
    RestoredStores.write(stateDirectory, rows);
    start(settings);
    // The driver counts offsets from 0 again; a broker would not.
    for (long offset = sent; offset > 0; offset--) {
      events.pipeInput(new byte[0], new byte[0]);
    }
    if (sent > 0) {
      output(TOPICS.deadLetters()).readRecordsToList();
    }
    // What the matcher had not committed comes again.
    List<TestRecord<byte[], byte[]>> fetched = written(TOPICS.fetchedImages());
    TestInputTopic<byte[], byte[]> matched = matched();
    fetched
        .subList(written(TOPICS.imageState()).size(), fetched.size())
        .forEach(matched::pipeInput);
  }

  private TestInputTopic<byte[], byte[]> matched() {
    return driver.createInputTopic(
        TOPICS.fetchedImages(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Tells the matcher another threshold, as an operator does. */
  void adopt(Threshold threshold, String run) {
    matched()
        .pipeInput(
            new TestRecord<>(
                null,
                RESULT.write(new FetchResult.ThresholdsAdopted(threshold, run, START)),
                new RecordHeaders(),
                FIRST_EVENT_TIME));
  }

  /** How the index is. */
  IndexStatus index() {
    IndexedStore store = (IndexedStore) driver.getStateStore(RocksDbFingerprintStore.FINGERPRINTS);
    return store
        .query(new IndexQuery.Status(), PositionBound.unbounded(), new QueryConfig(false))
        .getResult();
  }

  /** The rows of each store, as a changelog that was just compacted has them. */
  Map<String, List<ConsumerRecord<byte[], byte[]>>> rows() {
    IndexedStore fingerprints =
        (IndexedStore) driver.getStateStore(RocksDbFingerprintStore.FINGERPRINTS);
    Map<String, List<ConsumerRecord<byte[], byte[]>>> rows = new TreeMap<>();
    rows.put(PendingStore.NAME, rows(pendingRows()));
    rows.put(RocksDbFingerprintStore.FINGERPRINTS, rows(fingerprints.rows()));
    rows.put(
        RocksDbFingerprintStore.IMAGES,
        rows(driver.getKeyValueStore(RocksDbFingerprintStore.IMAGES)));
    return rows;
  }

  private static List<ConsumerRecord<byte[], byte[]>> rows(KeyValueStore<Bytes, byte[]> store) {
    List<ConsumerRecord<byte[], byte[]>> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      all.forEachRemaining(row ->
          rows.add(new ConsumerRecord<>(store.name(), 0, rows.size(), row.key.get(), row.value)));
    }
    return rows;
  }

  /** Everything that was written to the changelog of each store. */
  Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs() {
    drain();
    Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs = new TreeMap<>();
    for (String store : rows().keySet()) {
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (var one : written("twinstream-%s-changelog".formatted(store))) {
        records.add(new ConsumerRecord<>(store, 0, records.size(), one.key(), one.value()));
      }
      changelogs.put(store, records);
    }
    return changelogs;
  }

  KeyValueStore<Bytes, byte[]> pendingRows() {
    return driver.getKeyValueStore(PendingStore.NAME);
  }

  /** The rows of events. */
  List<PendingRow> pendingEvents() {
    List<PendingRow> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = pendingRows().all()) {
      all.forEachRemaining(row -> {
        if (PendingChangelog.isRow(row.key.get())) {
          rows.add(PendingChangelog.row(TOPICS, 0, row.key.get(), row.value));
        }
      });
    }
    return rows;
  }

  int pending() {
    int rows = 0;
    try (KeyValueIterator<Bytes, byte[]> all = pendingRows().all()) {
      for (; all.hasNext(); all.next()) {
        rows++;
      }
    }
    return rows;
  }

  /** An event whose source is what the test calls its fetch by. */
  void event(String id, String source) {
    event("default", id, source, new RecordHeaders());
  }

  void event(String collection, String id, String source, Headers headers) {
    ImageMetadata image = new ImageMetadata(collection, id, "test:" + source, Attributes.NONE);
    raw(ImageKeySerde.write(image.key()), IMAGE.write(image), headers);
  }

  void removal(String id) {
    removal(new ImageKey("default", id));
  }

  void removal(ImageKey key) {
    raw(ImageKeySerde.write(key), null, new RecordHeaders());
  }

  void raw(byte[] key, byte[] value, Headers headers) {
    events.pipeInput(new TestRecord<>(key, value, headers, FIRST_EVENT_TIME + sent++));
  }

  void tick() {
    advance(TICK);
  }

  /** Does what {@link #restart} does, on a machine whose clock is some time behind. */
  void restartWithClockSetBack(Duration by, FetchSettings settings) {
    now = now.minus(by);
    restart(settings);
  }

  /** A number of {@link PendingMetrics}. */
  double metric(String name) {
    return driver.metrics().entrySet().stream()
        .filter(one -> one.getKey().group().equals(PendingMetrics.GROUP))
        .filter(one -> one.getKey().name().equals(name))
        .mapToDouble(one -> (double) one.getValue().metricValue())
        .sum();
  }

  Instant now() {
    return now;
  }

  /** Moves the clock and lets due work be done. */
  void advance(Duration by) {
    now = now.plus(by);
    driver.advanceWallClockTime(by);
  }

  /** All verdicts since the last look, in order; a removal stands there as null. */
  List<Verdict> verdicts() {
    return records(TOPICS.imageState()).stream().map(one -> VERDICT.read(one.value())).toList();
  }

  List<FingerprintRecord> log() {
    return records(TOPICS.imageFingerprints()).stream().map(one -> LOG.read(one.value())).toList();
  }

  /** What came to a topic since the last look. */
  List<TestRecord<byte[], byte[]>> records(String topic) {
    drain();
    List<TestRecord<byte[], byte[]>> all = written(topic);
    Integer from = read.put(topic, all.size());
    return List.copyOf(all.subList(from == null ? 0 : from, all.size()));
  }

  /** All that ever came to a topic, whichever task wrote it. */
  private List<TestRecord<byte[], byte[]>> written(String topic) {
    return written.computeIfAbsent(topic, _ -> new ArrayList<>());
  }

  private void drain() {
    for (String topic : driver.producedTopicNames()) {
      written(topic).addAll(output(topic).readRecordsToList());
    }
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    driver.close();
    loads.close();
  }
}
