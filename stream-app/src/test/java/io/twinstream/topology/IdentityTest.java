package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is who, in one life of the app and across the end of it. */
@Timeout(120)
class IdentityTest {
  private static final FetchSettings SETTINGS =
      TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 100);
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);
  private static final String FILE = "0000000000000000 a";
  private static final String LIKE_IT = "0000000000000007 b";
  private static final String OTHER = "ffffffffffffffff c";

  /** The collection and the slash before an id. */
  private static final int PREFIX_BYTES = "default/".length();

  /** What comes between what was and what follows. */
  enum Then {
    NOTHING,
    RESTART,
    RESTART_WITH_STATE_LOST
  }

  @TempDir private Path folder;
  private TopologyHarness app;

  @BeforeEach
  void start() {
    app = new TopologyHarness(folder, SETTINGS);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private void come(Then then) {
    switch (then) {
      case NOTHING -> {}
      case RESTART -> app.restart(SETTINGS);
      case RESTART_WITH_STATE_LOST -> app.restartWithStateLost(SETTINGS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameBytesAgainAreJudgedAtTheirOwnPlaceAgainstWhatIsThereNow(Then then) {
    judged("1", FILE);
    judged("2", LIKE_IT);
    judged("3", FILE);
    app.removal("1");
    come(then);
    app.verdicts();
    app.log();

    Verdict second = judged("2", LIKE_IT);
    Verdict third = judged("3", FILE);

    assertThat(((Unique) second).position()).isEqualTo(1);
    assertThat(((DuplicateFound) third).position()).isEqualTo(2);
    assertThat(matches(third)).containsExactly("2");
    assertThat(app.log()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void withOtherBytesTheOldFingerprintLeavesAndThereIsANewPlace(Then then) {
    judged("1", FILE);
    judged("2", OTHER);
    come(then);
    app.log();

    Verdict first = judged("1", OTHER + " in another file");

    assertThat(((DuplicateFound) first).position()).isEqualTo(2);
    assertThat(matches(first)).containsExactly("2");
    assertThat(app.log()).extracting(FingerprintRecord::position).containsExactly(2L);
    assertThat(judged("3", FILE)).isInstanceOf(Unique.class);
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoEventsInFlightTheNewerOneIsJudged(Then then) {
    app.event("1", "old");
    app.tick();
    app.loads.fetch("old");
    app.event("1", "new");
    come(then);

    app.tick();
    app.loads.fetch("new").brings(FILE);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).extracting(verdict -> verdict.event().offset()).containsExactly(0L, 1L);
    assertThat(((DownloadFailed) verdicts.get(0)).reason()).isEqualTo(FailureReason.SUPERSEDED);
    assertThat(verdicts.get(1)).isInstanceOf(Unique.class);
    assertThat(app.log()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRemovedWhileInFlightIsNotThereAndCanReturn(Then then) {
    app.event("1", "a");
    app.tick();
    app.loads.fetch("a");
    app.removal("1");
    come(then);
    app.verdicts();

    assertThat(judged("2", FILE)).isInstanceOf(Unique.class);
    assertThat(matches(judged("1", FILE))).containsExactly("2");
    assertThat(app.log()).extracting(FingerprintRecord::position).containsExactly(0L, 1L);
  }

  @ParameterizedTest
  @EnumSource
  void whatWasRemovedAndReturnsComesBehindWhatStayed(Then then) {
    judged("1", FILE);
    judged("2", LIKE_IT);
    app.removal("1");
    come(then);
    app.verdicts();

    Verdict returned = judged("1", FILE);

    assertThat(((DuplicateFound) returned).position()).isEqualTo(2);
    assertThat(matches(returned)).containsExactly("2");
  }

  @ParameterizedTest
  @EnumSource
  void onceAnOriginalIsRemovedTheLowestThatIsLeftIsTheOriginal(Then then) {
    judged("1", FILE);
    judged("2", LIKE_IT);
    judged("3", FILE);
    app.removal("1");
    come(then);
    app.verdicts();

    assertThat(matches(judged("4", FILE))).containsExactly("2", "3");
  }

  @ParameterizedTest
  @EnumSource
  void equalIdsInTwoCollectionsShareNothing(Then then) {
    judged(new ImageKey("one", "1"), FILE);
    judged(new ImageKey("other", "1"), FILE);
    app.removal(new ImageKey("one", "1"));
    come(then);
    app.verdicts();

    assertThat(judged(new ImageKey("one", "2"), FILE)).isInstanceOf(Unique.class);
    assertThat(matches(judged(new ImageKey("other", "2"), FILE))).containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource
  void idsAreKeptApartAndUnchangedWhateverIsInThem(Then then) {
    List<String> ids =
        List.of(
            "a/b",
            "a%2Fb",
            "%",
            " ",
            "a\nb",
            "\"",
            "'",
            "\u0000",
            "\uFEFF",
            "😀",
            "שלום",
            "\u202Eabc",
            "\u00E9",
            "e\u0301",
            "ü".repeat((ImageKey.MAX_BYTES - PREFIX_BYTES) / 2));
    ids.forEach(id -> judged(id, FILE));
    come(then);
    app.log();

    for (int i = 0; i < ids.size(); i++) {
      Verdict again = judged(ids.get(i), FILE);

      assertThat(again.image().id()).isEqualTo(ids.get(i));
      assertThat(matches(again)).isEqualTo(ids.subList(0, i));
    }
    assertThat(app.log()).isEmpty();
    assertThat(app.records("image-dead-letters")).isEmpty();
  }

  @Test
  void anIdThatNobodyCanWriteOrThatIsAByteTooLongIsADeadLetter() {
    String longest = "x".repeat(ImageKey.MAX_BYTES - PREFIX_BYTES);
    List<byte[]> keys =
        List.of(
            "default/?".getBytes(UTF_8),
            new byte[] {'a', '/', (byte) 0xED, (byte) 0xA0, (byte) 0xBD},
            ("default/" + longest + "x").getBytes(UTF_8));
    List<String> ids = List.of("\\ud83d", "1", longest + "x");
    for (int i = 0; i < keys.size(); i++) {
      byte[] value = "{\"id\":\"%s\",\"source\":\"test:a\"}".formatted(ids.get(i)).getBytes(UTF_8);
      app.raw(keys.get(i), value, new RecordHeaders());
      app.raw(keys.get(i), null, new RecordHeaders());
    }

    // The first key can be read, so that its removal is one.
    assertThat(app.records("image-dead-letters")).hasSize(5);
    assertThat(app.verdicts()).containsExactly((Verdict) null);
    assertThat(judged(longest, FILE)).isInstanceOf(Unique.class);
  }

  @ParameterizedTest
  @EnumSource
  void theLargestAttributesComeThroughAndAByteMoreIsADeadLetter(Then then) {
    int room = Attributes.MAX_BYTES - "{\"a\":\"\"}".length();
    Attributes attributes = Attributes.ofTexts(Map.of("a", "x".repeat(room)));
    ImageMetadata largest = new ImageMetadata("default", "1", "test:a", attributes);
    byte[] key = ImageKeySerde.write(largest.key());
    app.raw(key, IMAGE.write(largest), new RecordHeaders());
    String larger = new String(IMAGE.write(largest), UTF_8).replaceFirst("xx", "xxx");
    app.raw(key, larger.getBytes(UTF_8), new RecordHeaders());
    come(then);

    app.tick();
    app.loads.fetch("a").brings(FILE);
    app.tick();

    assertThat(attributes.byteSize()).isEqualTo(Attributes.MAX_BYTES);
    assertThat(app.verdicts().getLast().image()).isEqualTo(largest);
    assertThat(app.log().getLast().image()).isEqualTo(largest);
    assertThat(app.records("image-dead-letters")).hasSize(1);
  }

  private Verdict judged(String id, String file) {
    return judged(new ImageKey("default", id), file);
  }

  private Verdict judged(ImageKey key, String file) {
    app.event(key.collection(), key.id(), "x", new RecordHeaders());
    app.tick();
    app.loads.fetch("x").brings(file);
    app.tick();
    return app.verdicts().getLast();
  }

  private static List<String> matches(Verdict verdict) {
    return verdict instanceof DuplicateFound duplicate
        ? duplicate.matches().stream().map(Match::id).toList()
        : List.of();
  }
}
