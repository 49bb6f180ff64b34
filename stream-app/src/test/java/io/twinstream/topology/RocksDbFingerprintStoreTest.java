package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.LinearIndex;
import io.twinstream.match.FingerprintParts;
import io.twinstream.match.ImageIndex;
import io.twinstream.match.IndexedImage;
import io.twinstream.match.Judgement;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Matcher;
import io.twinstream.match.StoredFingerprint;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In RocksDB. */
class RocksDbFingerprintStoreTest {
  private static final List<String> PREFIXES =
      List.of("0000", "0001", "00ff", "0100", "7fff", "8000", "ff00", "fffe", "ffff");

  private static final String ALGORITHM = "Test(64)";

  private static final FingerprintParts PARTS =
      new FingerprintParts(
          true,
          Set.of(Orientation.MIRROR, Orientation.TURN_270),
          Set.of("PDQ", "DifferenceHash(64)"));

  @TempDir private Path folder;
  private KeyValueStore<Bytes, byte[]> fingerprints;
  private KeyValueStore<Bytes, byte[]> images;
  private RocksDbFingerprintStore store;

  @BeforeEach
  void open() {
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    fingerprints = opened(RocksDbFingerprintStore.FINGERPRINTS, context);
    images = opened(RocksDbFingerprintStore.IMAGES, context);
    store = new RocksDbFingerprintStore(fingerprints, images, ALGORITHM);
  }

  private static KeyValueStore<Bytes, byte[]> opened(
      String name, MockProcessorContext<Void, Void> context) {
    KeyValueStore<Bytes, byte[]> opened =
        RocksDbFingerprintStore.builder(name).withLoggingDisabled().build();
    opened.init(context.getStateStoreContext(), opened);
    return opened;
  }

  @AfterEach
  void close() {
    fingerprints.close();
    images.close();
  }

  @Test
  void everyPrefixFromTheFirstToTheLastIsFiledFoundAndHandedOver() {
    List<StoredFingerprint> all = new ArrayList<>();
    for (String prefix : PREFIXES) {
      all.add(fingerprint(prefix, prefix + "0".repeat(12), false));
      all.add(fingerprint(prefix + "too", prefix + "f".repeat(12), true));
    }

    all.forEach(store::put);

    for (StoredFingerprint one : all) {
      assertThat(store.find(one.key())).contains(one);
      assertThat(store.at(View.WHOLE, one.code().prefix16(), one.position())).isEqualTo(one);
    }
    assertThat(handedOver())
        .containsExactlyInAnyOrderElementsOf(all.stream().map(StoredFingerprint::indexed).toList());
  }

  @Test
  void whatIsTakenOutIsNeitherFoundNorHandedOver() {
    StoredFingerprint one = fingerprint("1", "ffffffffffffffff", false);
    StoredFingerprint other = fingerprint("2", "ffffffffffffffff", false);
    store.put(one);
    store.put(other);

    store.remove(one);

    assertThat(store.find(one.key())).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> store.at(View.WHOLE, one.code().prefix16(), one.position()));
    assertThat(handedOver()).containsExactly(other.indexed());
  }

  @Test
  void aFingerprintIsFoundByTheCodeOfEachPartUntilItIsTakenOut() {
    StoredFingerprint plain = fingerprint("1", "00ff000000000000", false);
    BinaryCode part = BinaryCode.ofHex("ffff000000000001", 64);
    StoredFingerprint one =
        new StoredFingerprint(
            plain.key(),
            plain.position(),
            plain.sha256(),
            plain.pixelsSha256(),
            false,
            Map.of(View.WHOLE, plain.code(), View.TRIMMED, part, View.CENTRE_60, part),
            plain.parts());

    store.put(one);

    assertThat(store.at(View.TRIMMED, part.prefix16(), one.position())).isEqualTo(one);
    assertThat(store.at(View.CENTRE_60, part.prefix16(), one.position())).isEqualTo(one);
    assertThat(handedOver()).containsExactly(one.indexed());
    store.remove(one);
    assertThatIllegalStateException()
        .isThrownBy(() -> store.at(View.CENTRE_60, part.prefix16(), one.position()));
    assertThat(handedOver()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(bytes = {1, 2})
  void rowsOfOlderLayoutsAreStillReadByTheAlgorithmOfTheirTime(byte layout) {
    store.put(fingerprint("1", "00ff000000000000", false));
    fingerprints.put(Bytes.wrap(new byte[] {0}), new byte[] {layout, 0, 0, 0, 0, 0, 0, 0, 5});

    RocksDbFingerprintStore next =
        new RocksDbFingerprintStore(fingerprints, images, "PerceptiveHash(256)");

    assertThat(next.find(new ImageKey("a/b", "1"))).isPresent();
    assertThat(next.nextPosition()).isEqualTo(5);
    assertThatIllegalStateException()
        .isThrownBy(() -> new RocksDbFingerprintStore(fingerprints, images, "PDQ"));
  }

  @Test
  void rowsOfAnotherAlgorithmAreRefusedWithWhatToDo() {
    store.nextPosition();

    assertThatIllegalStateException()
        .isThrownBy(() -> new RocksDbFingerprintStore(fingerprints, images, "PDQ"))
        .withMessageContaining("--algorithm \"" + ALGORITHM + "\"");
    assertThat(new RocksDbFingerprintStore(fingerprints, images, ALGORITHM).nextPosition()).isOne();
  }

  @Test
  void positionsAreNeverGivenTwiceEvenByAnotherTaskOverTheSameRows() {
    assertThat(store.nextPosition()).isZero();
    assertThat(store.nextPosition()).isOne();

    RocksDbFingerprintStore next = new RocksDbFingerprintStore(fingerprints, images, ALGORITHM);

    assertThat(next.nextPosition()).isEqualTo(2);
    assertThat(handedOver()).isEmpty();
  }

  @Test
  void rowsOfAnotherLayoutAreRefused() {
    fingerprints.put(Bytes.wrap(new byte[] {0}), new byte[] {5, 0, 0, 0, 0, 0, 0, 0, 0});

    assertThatIllegalStateException()
        .isThrownBy(() -> new RocksDbFingerprintStore(fingerprints, images, ALGORITHM))
        .withMessageContaining("layout 5");
  }

  @Test
  void aMatcherThatStartsAnewOverTheRowsJudgesAsTheOneThatNeverStopped() {
    Random random = new Random(7);
    Matcher lasting = matcher(store);
    List<Judgement> expected = new ArrayList<>();
    List<Judgement> actual = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lasting.judge(new ImageKey("lasting", "" + i % 20), file(new Random(i).nextInt(15)));
    }
    for (int i = 0; i < 20; i++) {
      ImageKey key = new ImageKey("lasting", "" + random.nextInt(20));
      Fingerprint again = ofKey(key);
      // The same bytes again change nothing, so both can be asked.
      expected.add(lasting.judge(key, again));
      actual.add(
          matcher(new RocksDbFingerprintStore(fingerprints, images, ALGORITHM)).judge(key, again));
    }

    assertThat(actual).isEqualTo(expected);
    assertThat(expected).anyMatch(judgement -> judgement.matchCount() > 0);
    assertThat(expected).noneMatch(Judgement::logged);
  }

  @Test
  void whatAnImageGainedAtItsPlaceIsStillThereForAMatcherThatStartsAnew() {
    ImageKey key = new ImageKey("a", "1");
    matcher(store).judge(key, file(1));
    matcher(store).judge(new ImageKey("a", "2"), file(2));
    Fingerprint digested = withPixels(file(1));

    Judgement gained = matcher(store).judge(key, digested);

    Matcher anew = matcher(new RocksDbFingerprintStore(fingerprints, images, ALGORITHM));
    assertThat(gained.position()).isZero();
    assertThat(gained.logged()).isTrue();
    assertThat(anew.judge(key, digested)).isEqualTo(new Judgement(0, false, List.of(), 0));
    assertThat(anew.judge(new ImageKey("a", "3"), withPixels(file(6))).matches())
        .extracting(Match::id, Match::kind)
        .contains(tuple("1", Match.Kind.EXACT));
    assertThat(handedOver()).hasSize(3);
  }

  private static Fingerprint withPixels(Fingerprint plain) {
    return new Fingerprint(
        plain.sha256(),
        plain.bytes(),
        plain.format(),
        plain.width(),
        plain.height(),
        plain.quality(),
        plain.hashes(),
        List.of(),
        "ef".repeat(32),
        Measures.NONE,
        plain.views());
  }

  private Fingerprint ofKey(ImageKey key) {
    String sha256 = store.find(key).orElseThrow().sha256();
    return file(Integer.parseInt(sha256, 16));
  }

  private static Fingerprint file(int number) {
    BinaryCode code = BinaryCode.ofHex("%016x".formatted(number % 5), 64);
    return new Fingerprint(
        "%064x".formatted(number),
        1,
        "png",
        1,
        1,
        number % 4 == 0 ? 0 : 50,
        List.of(new PerceptualHash(ALGORITHM, code)));
  }

  private static Matcher matcher(RocksDbFingerprintStore store) {
    return new Matcher(
        new MatchSettings(new Threshold(ALGORITHM, 3), Orientations.NONE, Views.ALL),
        store,
        ImageIndex.over(store, LinearIndex::new));
  }

  private List<IndexedImage> handedOver() {
    List<IndexedImage> all = new ArrayList<>();
    store.forEach(all::add);
    return all;
  }

  private StoredFingerprint fingerprint(String id, String code, boolean featureless) {
    return new StoredFingerprint(
        new ImageKey("a/b", id),
        store.nextPosition(),
        "ab".repeat(32),
        featureless ? "" : "cd".repeat(32),
        featureless,
        Map.of(View.WHOLE, BinaryCode.ofHex(code, 64)),
        featureless ? FingerprintParts.NONE : PARTS);
  }
}
