package io.twinstream.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.match.AlikeFiles;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Against the matcher itself, with a log that is whole, or compacted in any way. */
class VerdictCheckTest {
  private static final int RADIUS = WrittenLog.RADIUS;

  @Property(tries = 300)
  void findsEveryVerdictOfTheMatcherEqualWhileTheLogIsWhole(@ForAll long seed) {
    WrittenLog made = WrittenLog.of(seed, 70);

    assertThat(made.verdicts)
        .allSatisfy(verdict ->
            assertThat(made.check(made.log, verdict)).as("%s", verdict).isEqualTo(Finding.EQUAL));
  }

  @Property(tries = 1000)
  void neverTakesARightVerdictForAWrongOneWhateverCompactionHasTaken(@ForAll long seed) {
    WrittenLog made = WrittenLog.of(seed, 70);
    NavigableMap<Long, WrittenLog.Logged> compacted = made.compacted(new Random(seed));

    for (Verdict verdict : made.verdicts) {
      assertThat(made.check(compacted, verdict))
          .as("%s", verdict)
          .isNotInstanceOf(Finding.Different.class);
    }
  }

  @Property(tries = 200)
  void findsAMatchThatWasLeftOutOrHasAnotherDistance(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 100) int which) {
    WrittenLog made = WrittenLog.of(seed, 70);
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
    WrittenLog made = new WrittenLog();
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
    TreeMap<Long, WrittenLog.Logged> lacking = new TreeMap<>(made.log);
    lacking.pollLastEntry();

    assertThat(made.check(made.log, duplicate)).isInstanceOf(Finding.Different.class);
    assertThat(made.check(lacking, second)).isInstanceOf(Finding.Different.class);
  }

  @Example
  void findsAMatchWithAnImageThatHadBeenRemoved() {
    WrittenLog made = new WrittenLog();
    made.judge(key(1), AlikeFiles.of(1));
    made.judge(key(2), AlikeFiles.of(1));
    Verdict duplicate = made.verdicts.getLast();
    TreeMap<Long, WrittenLog.Logged> removedBefore = new TreeMap<>();
    removedBefore.put(0L, made.log.get(0L));
    removedBefore.put(1L, new WrittenLog.Logged(key(1), null));
    removedBefore.put(2L, made.log.get(1L));

    assertThat(made.check(made.log, duplicate)).isEqualTo(Finding.EQUAL);
    assertThat(made.check(removedBefore, duplicate)).isInstanceOf(Finding.Different.class);
  }

  @Example
  void tellsOfAPositionThatIsGivenTwice() {
    WrittenLog made = new WrittenLog();
    made.judge(key(1), AlikeFiles.of(1));
    LogHistory history = new LogHistory();
    WrittenLog.Logged first = made.log.get(0L);

    history.logged(0, key(1), first.record());
    history.logged(1, key(2), first.record());

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
}
