package io.twinstream.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.PackedIndex;
import io.twinstream.match.AlikeFiles;
import io.twinstream.match.MatchSettings;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.verify.Finding;
import io.twinstream.verify.LogHistory;
import io.twinstream.verify.VerdictCheck;
import io.twinstream.verify.WrittenLog;
import io.twinstream.verify.WrittenLog.Logged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Logs with removals, replacements and images sent again, replayed and judged by brute force. */
class ReplayIndexTest {
  private static final int STEPS = 70;

  @Property(tries = 300)
  void judgesEveryImageThatIsLeftAsBruteForceDoesAtAnyRadius(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = AlikeFiles.BITS) int radius) {
    NavigableMap<Long, Logged> log = WrittenLog.of(seed, STEPS).log();

    List<Verdict> verdicts = replay(log, radius);

    VerdictCheck oracle = new VerdictCheck(history(log));
    assertThat(verdicts).hasSize(last(log).size());
    assertThat(verdicts)
        .allSatisfy(verdict -> assertThat(oracle.check(verdict, true)).isEqualTo(Finding.EQUAL));
  }

  @Property(tries = 300)
  void comesToTheSameWhateverCompactionHasTaken(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 30) int radius) {
    WrittenLog written = WrittenLog.of(seed, STEPS);
    NavigableMap<Long, Logged> compacted = written.compacted(new Random(seed));

    assertThat(replay(compacted, radius)).isEqualTo(replay(written.log(), radius));
    assertThat(index(compacted, radius).checksum())
        .isEqualTo(index(written.log(), radius).checksum());
  }

  @Property(tries = 100)
  void givesTheVerdictsOfTheLiveRunIfNothingWasRemovedOrReplaced(@ForAll long seed) {
    WrittenLog written = new WrittenLog();
    Random random = new Random(seed);
    for (int number = 0; number < STEPS; number++) {
      written.judge(
          new ImageKey("default", "" + number),
          AlikeFiles.withSomeParts(AlikeFiles.of(random.nextInt(25)), random));
    }

    assertThat(replay(written.log(), WrittenLog.RADIUS)).isEqualTo(written.verdicts());
  }

  @Example
  void anotherPlaceOrAnotherFileHasAnotherChecksum() {
    WrittenLog one = new WrittenLog();
    one.judge(new ImageKey("default", "a"), AlikeFiles.of(1));
    one.judge(new ImageKey("default", "b"), AlikeFiles.of(2));
    WrittenLog other = new WrittenLog();
    other.judge(new ImageKey("default", "b"), AlikeFiles.of(2));
    other.judge(new ImageKey("default", "a"), AlikeFiles.of(1));

    assertThat(index(one.log(), 0).checksum()).isNotEqualTo(index(other.log(), 0).checksum());
  }

  @Example
  void tellsWhatImagesHaveThatLackTheHash() {
    WrittenLog written = new WrittenLog();
    written.judge(new ImageKey("default", "a"), AlikeFiles.of(1));
    ReducedLog log = reduced(written.log(), settings("PDQ", 4));

    assertThat(log.lacking()).isOne();
    assertThat(log.others()).containsExactly(Map.entry(AlikeFiles.ALGORITHM, 1L));
    assertThatIllegalStateException().isThrownBy(() -> log.index(PackedIndex::new));
  }

  @Example
  void anIndexThatHasNotGrownSoFarDoesNotJudge() {
    WrittenLog written = new WrittenLog();
    written.judge(new ImageKey("default", "a"), AlikeFiles.of(1));
    written.judge(new ImageKey("default", "b"), AlikeFiles.of(2));
    ReplayIndex index = index(written.log(), 0);
    ReplayIndex.Reader reader = index.reader();

    assertThatIllegalStateException()
        .isThrownBy(
            () -> reader.judge(new ImageKey("default", "b"), written.log().get(1L).record()))
        .withMessageContaining("position 1");
  }

  @Property(tries = 100)
  void aSweepCountsAtEachRadiusWhatAReplayAtThatRadiusFinds(@ForAll long seed) {
    NavigableMap<Long, Logged> log = WrittenLog.of(seed, STEPS).log();
    List<Integer> radii = List.of(0, 1, 4, 9, 15, 30, AlikeFiles.BITS);
    ReplayIndex index = index(log, radii.getLast());
    Sweep sweep = new Sweep(index, radii);

    log.forEach((offset, logged) -> {
      if (logged.record() != null && index.isLast(offset, logged.record())) {
        index.growTo(logged.record().position());
        sweep.take(logged.record(), sweep.look(index.reader(), logged.key(), logged.record()));
      }
    });

    assertThat(sweep.points()).isEqualTo(radii.stream().map(it -> naively(log, it)).toList());
  }

  /** Groups are grown member by member until nothing is added any more. */
  private static Sweep.Point naively(NavigableMap<Long, Logged> log, int radius) {
    List<DuplicateFound> duplicates =
        replay(log, radius).stream()
            .filter(DuplicateFound.class::isInstance)
            .map(DuplicateFound.class::cast)
            .toList();
    TreeMap<Long, Long> group = new TreeMap<>();
    last(log).values().forEach(it -> group.put(it.record().position(), it.record().position()));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (DuplicateFound duplicate : duplicates) {
        for (Match match : duplicate.matches()) {
          long least = Math.min(group.get(duplicate.position()), group.get(match.position()));
          changed |= group.put(duplicate.position(), least) != least;
          changed |= group.put(match.position(), least) != least;
        }
      }
    }
    Map<Long, Long> sizes = new TreeMap<>();
    group.values().forEach(it -> sizes.merge(it, 1L, Long::sum));
    return new Sweep.Point(
        radius,
        duplicates.size(),
        sizes.values().stream().filter(size -> size > 1).count(),
        sizes.values().stream().mapToLong(Long::longValue).max().orElse(0));
  }

  private static MatchSettings settings(String algorithm, int radius) {
    return new MatchSettings(new Threshold(algorithm, radius), Orientations.ALL, Views.ALL);
  }

  private static ReducedLog reduced(NavigableMap<Long, Logged> log, MatchSettings settings) {
    ReducedLog reduced = new ReducedLog(settings);
    log.forEach((offset, logged) -> {
      if (logged.record() == null) {
        reduced.removed(logged.key());
      } else {
        reduced.logged(offset, logged.key(), logged.record());
      }
    });
    return reduced;
  }

  private static ReplayIndex index(NavigableMap<Long, Logged> log, int radius) {
    return reduced(log, settings(AlikeFiles.ALGORITHM, radius)).index(PackedIndex::new);
  }

  private static List<Verdict> replay(NavigableMap<Long, Logged> log, int radius) {
    ReplayIndex index = index(log, radius);
    List<Verdict> verdicts = new ArrayList<>();
    log.forEach((offset, logged) -> {
      FingerprintRecord record = logged.record();
      if (record != null && index.isLast(offset, record)) {
        index.growTo(record.position());
        verdicts.add(
            index
                .reader()
                .judge(logged.key(), record)
                .verdict(
                    record.event(),
                    record.image(),
                    record.fingerprint(),
                    Verdict.LIVE,
                    Instant.EPOCH,
                    new Threshold(AlikeFiles.ALGORITHM, radius)));
      }
    });
    return verdicts;
  }

  private static Map<ImageKey, Logged> last(NavigableMap<Long, Logged> log) {
    Map<ImageKey, Logged> last = new HashMap<>();
    log.values()
        .forEach(logged -> {
          if (logged.record() == null) {
            last.remove(logged.key());
          } else {
            last.put(logged.key(), logged);
          }
        });
    return last;
  }

  /** As if these images had come alone, in the order of their positions. */
  private static LogHistory history(NavigableMap<Long, Logged> log) {
    List<Logged> images =
        last(log).values().stream()
            .sorted(Comparator.comparingLong(logged -> logged.record().position()))
            .toList();
    LogHistory history = new LogHistory();
    IntStream.range(0, images.size())
        .forEach(at -> history.logged(at, images.get(at).key(), images.get(at).record()));
    return history;
  }
}
