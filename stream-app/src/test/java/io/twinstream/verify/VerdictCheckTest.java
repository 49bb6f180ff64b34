package io.twinstream.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.LinearIndex;
import io.twinstream.match.AlikeFiles;
import io.twinstream.match.ImageIndex;
import io.twinstream.match.InMemoryFingerprintStore;
import io.twinstream.match.Judgement;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Matcher;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against the matcher itself, with a log that is whole, or compacted in any way. */
class VerdictCheckTest {
  private static final int RADIUS = 12;

  @Property(tries = 300)
  void findsEveryVerdictOfTheMatcherEqualWhileTheLogIsWhole(@ForAll long seed) {
    Made made = Made.of(seed, 70);

    assertThat(made.verdicts)
        .allSatisfy(verdict ->
            assertThat(made.check(made.log, verdict)).as("%s", verdict).isEqualTo(Finding.EQUAL));
  }

  @Property(tries = 1000)
  void neverTakesARightVerdictForAWrongOneWhateverCompactionHasTaken(@ForAll long seed) {
    Made made = Made.of(seed, 70);
    NavigableMap<Long, Logged> compacted = made.compacted(new Random(seed));

    for (Verdict verdict : made.verdicts) {
      assertThat(made.check(compacted, verdict))
          .as("%s", verdict)
          .isNotInstanceOf(Finding.Different.class);
    }
  }

  @Property(tries = 200)
  void findsAMatchThatWasLeftOutOrHasAnotherDistance(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 100) int which) {
    Made made = Made.of(seed, 70);
    List<DuplicateFound> duplicates =
        made.verdicts.stream()
            .filter(DuplicateFound.class::isInstance)
            .map(DuplicateFound.class::cast)
            .filter(verdict -> made.isCertain(verdict.event()))
            .toList();
    if (duplicates.isEmpty()) {
      return;
    }
    DuplicateFound right = duplicates.get(which % duplicates.size());
    Match last = right.matches().getLast();
    List<Match> others = right.matches().subList(0, right.matches().size() - 1);
    Match farther =
        new Match(
            last.id(),
            last.position(),
            last.kind(),
            last.algorithm(),
            last.distance() + 1,
            last.similarity(),
            last.orientation(),
            last.view(),
            last.matchedView());
    List<Match> changed = new ArrayList<>(others);
    changed.add(farther);

    assertThat(made.check(made.log, with(right, changed, right.matchCount())))
        .isInstanceOf(Finding.Different.class);
    assertThat(made.check(made.log, with(right, right.matches(), right.matchCount() + 1)))
        .isInstanceOf(Finding.Different.class);
    Verdict without =
        others.isEmpty() ? unique(right) : with(right, others, right.matchCount() - 1);
    assertThat(made.check(made.log, without)).isInstanceOf(Finding.Different.class);
  }

  @Example
  void findsAVerdictThatNamesWhatIsNotAlikeAndOneWithoutARecord() {
    Made made = new Made();
    made.judge(key(1), AlikeFiles.of(1));
    made.judge(key(2), AlikeFiles.of(2));
    Unique second = (Unique) made.verdicts.getLast();
    Match wrong =
        new Match("1", 0, Match.Kind.NEAR, AlikeFiles.ALGORITHM, RADIUS, 1 - RADIUS / 72.0);
    Verdict duplicate =
        new DuplicateFound(
            second.event(),
            second.image(),
            second.run(),
            second.judgedAt(),
            second.position(),
            second.thresholds(),
            second.fingerprint(),
            wrong,
            List.of(wrong),
            1);
    TreeMap<Long, Logged> lacking = new TreeMap<>(made.log);
    lacking.pollLastEntry();

    assertThat(made.check(made.log, duplicate)).isInstanceOf(Finding.Different.class);
    assertThat(made.check(lacking, second)).isInstanceOf(Finding.Different.class);
  }

  @Example
  void findsAMatchWithAnImageThatHadBeenRemoved() {
    Made made = new Made();
    made.judge(key(1), AlikeFiles.of(1));
    made.judge(key(2), AlikeFiles.of(1));
    Verdict duplicate = made.verdicts.getLast();
    TreeMap<Long, Logged> removedBefore = new TreeMap<>();
    removedBefore.put(0L, made.log.get(0L));
    removedBefore.put(1L, new Logged(key(1), null));
    removedBefore.put(2L, made.log.get(1L));

    assertThat(made.check(made.log, duplicate)).isEqualTo(Finding.EQUAL);
    assertThat(made.check(removedBefore, duplicate)).isInstanceOf(Finding.Different.class);
  }

  @Example
  void tellsOfAPositionThatIsGivenTwice() {
    Made made = new Made();
    made.judge(key(1), AlikeFiles.of(1));
    LogHistory history = new LogHistory();
    Logged first = made.log.get(0L);

    history.logged(0, key(1), first.record);
    history.logged(1, key(2), first.record);

    assertThat(history.defects()).hasSize(1).first().asString().contains("position 0");
  }

  private static Verdict with(DuplicateFound right, List<Match> matches, long count) {
    return new DuplicateFound(
        right.event(),
        right.image(),
        right.run(),
        right.judgedAt(),
        right.position(),
        right.thresholds(),
        right.fingerprint(),
        matches.getFirst(),
        matches,
        count);
  }

  private static Verdict unique(DuplicateFound right) {
    return new Unique(
        right.event(),
        right.image(),
        right.run(),
        right.judgedAt(),
        right.position(),
        right.thresholds(),
        right.fingerprint());
  }

  private static ImageKey key(int number) {
    return new ImageKey("default", Integer.toString(number));
  }

  /**
   * @param record null for a removal
   */
  private record Logged(ImageKey key, FingerprintRecord record) {}

  /** What a matcher has written. */
  private static final class Made {
    private final Matcher matcher = matcher();
    private final TreeMap<Long, Logged> log = new TreeMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<ImageKey, Long> latest = new HashMap<>();
    private long events;

    private static Matcher matcher() {
      InMemoryFingerprintStore store = new InMemoryFingerprintStore();
      return new Matcher(
          new MatchSettings(
              new Threshold(AlikeFiles.ALGORITHM, RADIUS), Orientations.ALL, Views.ALL),
          store,
          ImageIndex.over(store, LinearIndex::new));
    }

    static Made of(long seed, int steps) {
      Random random = new Random(seed);
      Made made = new Made();
      for (int step = 0; step < steps; step++) {
        ImageKey key = new ImageKey("abc".substring(random.nextInt(3)), "" + random.nextInt(9));
        if (random.nextInt(6) == 0) {
          made.remove(key);
        } else {
          made.judge(key, AlikeFiles.withSomeParts(AlikeFiles.of(random.nextInt(25)), random));
        }
      }
      return made;
    }

    void remove(ImageKey key) {
      latest.put(key, events++);
      if (matcher.remove(key)) {
        log.put((long) log.size(), new Logged(key, null));
      }
    }

    void judge(ImageKey key, Fingerprint fingerprint) {
      EventId event = new EventId("image-metadata", 0, events);
      latest.put(key, events++);
      ImageMetadata image = new ImageMetadata(key.collection(), key.id(), "", Attributes.NONE);
      Judgement judgement = matcher.judge(key, fingerprint);
      if (judgement.logged()) {
        log.put(
            (long) log.size(),
            new Logged(
                key, new FingerprintRecord(judgement.position(), event, image, fingerprint)));
      }
      List<Threshold> thresholds = List.of(matcher.threshold());
      verdicts.add(
          judgement.matches().isEmpty()
              ? new Unique(
                  event,
                  image,
                  Verdict.LIVE,
                  Instant.EPOCH,
                  judgement.position(),
                  thresholds,
                  fingerprint)
              : new DuplicateFound(
                  event,
                  image,
                  Verdict.LIVE,
                  Instant.EPOCH,
                  judgement.position(),
                  thresholds,
                  fingerprint,
                  judgement.matches().getFirst(),
                  judgement.matches(),
                  judgement.matchCount()));
    }

    /** Whether the log has the record that was written with an event's verdict. */
    boolean isCertain(EventId event) {
      return log.values().stream()
          .anyMatch(logged -> logged.record != null && logged.record.event().equals(event));
    }

    /**
     * As Kafka compacts: up to some offset no key has more than its last record, and of removals
     * some are gone, too.
     */
    NavigableMap<Long, Logged> compacted(Random random) {
      long end = random.nextInt(log.size() + 1);
      Map<ImageKey, Long> last = new HashMap<>();
      log.headMap(end).forEach((offset, logged) -> last.put(logged.key, offset));
      NavigableMap<Long, Logged> left = new TreeMap<>(log);
      left.headMap(end, false)
          .entrySet()
          .removeIf(entry ->
              entry.getKey() < last.get(entry.getValue().key)
                  || (entry.getValue().record == null && random.nextBoolean()));
      return left;
    }

    Finding check(NavigableMap<Long, Logged> records, Verdict verdict) {
      LogHistory history = new LogHistory();
      records.forEach((offset, logged) -> {
        if (logged.record == null) {
          history.removed(offset, logged.key);
        } else {
          history.logged(offset, logged.key, logged.record);
        }
      });
      boolean isLatest = latest.get(verdict.image().key()) == verdict.event().offset();
      return new VerdictCheck(history).check(verdict, isLatest);
    }
  }
}
