package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.HammingIndex;
import io.twinstream.index.PackedIndex;
import io.twinstream.match.Lookup;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Matcher;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over rows in RocksDB. */
class IndexedStoreTest {
  private static final int PARTITION = 3;
  private static final TopicPartition CHANGELOG = new TopicPartition("changelog", PARTITION);
  private static final String COLLECTION = "a";
  private static final Threshold THRESHOLD = new Threshold("Test(64)", 12);

  /** More than are read between two looks at whether the app is stopped. */
  private static final int MANY = 5000;

  @TempDir private Path folder;
  private final List<Integer> made = new ArrayList<>();
  private StateStoreContext context;
  private IndexBuilder builder;
  private IndexedStore store;
  private KeyValueStore<Bytes, byte[]> images;

  @BeforeEach
  void openAnEmptyOne() {
    open(THRESHOLD, this::counted);
  }

  private HammingIndex counted(int bits) {
    made.add(bits);
    return new PackedIndex(bits);
  }

  /** As a task that comes to this instance does. */
  private void open(Threshold threshold, IntFunction<HammingIndex> newIndex) {
    builder = new IndexBuilder(threshold, newIndex);
    store =
        new IndexedStoreBuilder(
                RocksDbFingerprintStore.builder(RocksDbFingerprintStore.FINGERPRINTS)
                    .withLoggingDisabled(),
                builder)
            .build();
    images =
        RocksDbFingerprintStore.builder(RocksDbFingerprintStore.IMAGES)
            .withLoggingDisabled()
            .build();
    context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, PARTITION), folder.toFile())
            .getStateStoreContext();
    init();
  }

  private void init() {
    store.init(context, store);
    images.init(context, images);
  }

  @AfterEach
  void close() {
    store.close();
    images.close();
  }

  @Test
  void whatIsBuiltOverTheSameDirectoryAnswersAsBefore() {
    file(matcher(), 300);
    List<Lookup> before = answers();
    int madeBefore = made.size();
    close();

    open(THRESHOLD, this::counted);
    restored();

    assertThat(made).hasSizeGreaterThan(madeBefore);
    matcher();
    assertThat(answers()).isEqualTo(before);
    assertThat(before).anyMatch(answer -> answer.count() > 1);
  }

  @Test
  void aStoreThatIsClosedDropsItsIndexAndBuildsItAnewOverWhatIsThereThen() {
    file(matcher(), 100);
    close();
    QueryResult<IndexStatus> closed = ask(new IndexQuery.Status());
    // The task comes back, and meanwhile it was at work elsewhere.
    init();
    RocksDbFingerprintStore rows = rows();
    rows.remove(rows.find(key(7)).orElseThrow());

    matcher();

    assertThat(closed.isFailure()).isTrue();
    assertThat(closed.getFailureMessage()).contains("partition 3 is not at work");
    assertThat(ask(new IndexQuery.Status()).getResult().images()).isEqualTo(99);
    assertThat(lookUp(code(7)).hits()).extracting(Lookup.Hit::id).doesNotContain("7");
  }

  @Test
  void aClosedStoreIsToldOfTheEndOfRestoringNoMore() {
    file(matcher(), 10);
    int madeBefore = made.size();
    close();

    restored();

    assertThat(made).hasSize(madeBefore);
  }

  @Test
  void theIndexThatWasBuiltWhenRestoringEndedIsTheOneThatIsUsed() {
    file(matcher(), 10);
    close();
    open(THRESHOLD, this::counted);
    restored();
    int madeBefore = made.size();

    matcher();

    assertThat(made).hasSize(madeBefore);
    assertThat(ask(new IndexQuery.Status()).getResult().images()).isEqualTo(10);
  }

  @Test
  @Timeout(60)
  void aStopEndsWhatIsBeingBuiltAndNobodyWaitsForItAfterwards() {
    file(matcher(), MANY);
    close();
    open(
        THRESHOLD,
        bits -> {
          builder.stop();
          return new PackedIndex(bits);
        });

    assertThatCode(this::restored).doesNotThrowAnyException();

    assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> store.index());
    assertThat(ask(new IndexQuery.Status()).isFailure()).isTrue();
  }

  @Test
  void whatIsNotStoppedIsBuiltToItsEnd() {
    file(matcher(), MANY);
    close();
    open(THRESHOLD, this::counted);

    restored();

    assertThat(store.index().size()).isEqualTo(MANY);
  }

  @Test
  void anErrorWhileItIsBuiltIsToldToKafkaWithThePartition() {
    file(matcher(), 10);
    close();
    open(
        THRESHOLD,
        _ -> {
          throw new OutOfMemoryError("no room");
        });

    assertThatExceptionOfType(StreamsException.class)
        .isThrownBy(this::restored)
        .withMessageContaining("partition 3")
        .withMessageContaining("no room")
        .withCauseInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void rowsOfAnotherAlgorithmAreRefusedWithWhatToDo() {
    file(matcher(), 10);
    close();
    open(new Threshold("PDQ", 31), this::counted);
    int madeBefore = made.size();

    assertThatExceptionOfType(RefusedStoreException.class)
        .isThrownBy(this::restored)
        .withMessageContaining("matched by Test(64)")
        .withMessageContaining("start it with --algorithm \"Test(64)\"")
        .withMessageContaining("another --prefix");
    assertThat(made).hasSize(madeBefore);
  }

  @Test
  void featurelessImagesAreCountedApartUntilTheyAreTakenOut() {
    Matcher matcher = matcher();
    file(matcher, 10);
    for (int i = 10; i < 14; i++) {
      matcher.judge(key(i), fingerprint(i, 0));
    }
    IndexStatus all = ask(new IndexQuery.Status()).getResult();

    matcher.remove(key(1));
    matcher.remove(key(12));

    IndexStatus rest = ask(new IndexQuery.Status()).getResult();
    assertThat(all.images()).isEqualTo(14);
    assertThat(all.featureless()).isEqualTo(4);
    assertThat(all.total().size()).isEqualTo(10);
    assertThat(rest.images()).isEqualTo(12);
    assertThat(rest.featureless()).isEqualTo(3);
    store.measure();
    assertThat(metric("index-images")).isEqualTo(12);
    assertThat(metric("index-featureless")).isEqualTo(3);
  }

  private double metric(String name) {
    return context.metrics().metrics().entrySet().stream()
        .filter(one -> one.getKey().group().equals(IndexMetrics.GROUP))
        .filter(one -> one.getKey().name().equals(name))
        .mapToDouble(one -> (double) one.getValue().metricValue())
        .sum();
  }

  private void restored() {
    builder.onRestoreEnd(CHANGELOG, RocksDbFingerprintStore.FINGERPRINTS, 0);
  }

  private RocksDbFingerprintStore rows() {
    return new RocksDbFingerprintStore(store.rows(), images, THRESHOLD.algorithm());
  }

  /** As a task does that goes to work. */
  private Matcher matcher() {
    Matcher matcher =
        new Matcher(
            new MatchSettings(THRESHOLD, Orientations.NONE, Views.ALL), rows(), store.index());
    store.serve(matcher);
    return matcher;
  }

  private static void file(Matcher matcher, int count) {
    for (int i = 0; i < count; i++) {
      matcher.judge(key(i), fingerprint(i));
    }
  }

  private static ImageKey key(int number) {
    return new ImageKey(COLLECTION, Integer.toString(number));
  }

  private static Fingerprint fingerprint(int number) {
    return fingerprint(number, 50);
  }

  private static Fingerprint fingerprint(int number, int quality) {
    return new Fingerprint(
        "%064x".formatted(number),
        1,
        "png",
        1,
        1,
        quality,
        List.of(new PerceptualHash(THRESHOLD.algorithm(), code(number))));
  }

  /** Of a hundred kinds, so that some are near each other. */
  private static BinaryCode code(int number) {
    long kind = new Random(number % 100).nextLong();
    long code = kind ^ 1L << new Random(number).nextInt(64);
    return BinaryCode.ofHex("%016x".formatted(code), 64);
  }

  private List<Lookup> answers() {
    List<Lookup> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(lookUp(code(1000 + i)));
    }
    return answers;
  }

  private Lookup lookUp(BinaryCode code) {
    return ask(new IndexQuery.LookUp(COLLECTION, code, 3, 20)).getResult();
  }

  private <R> QueryResult<R> ask(IndexQuery<R> query) {
    return store.query(query, PositionBound.unbounded(), new QueryConfig(false));
  }
}
