package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArrivalOrderTest {
  private static final FetchSettings SETTINGS =
      TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 100);
  private static final String FILE = "0000000000000000 a";
  private static final String LIKE_IT = "0000000000000007 b";
  private static final String OTHER = "ffffffffffffffff c";

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

  @Test
  void anImageWithNothingAlikeBeforeItIsUniqueAndTheNextOneLikeItADuplicate() {
    app.event("1", "a");
    app.event("2", "b");
    app.tick();
    app.loads.fetch("a").brings(FILE);
    app.tick();
    app.loads.fetch("b").brings(LIKE_IT);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).extracting(Verdict::event).containsExactly(at(0), at(1));
    assertThat(verdicts.get(0)).isInstanceOf(Unique.class);
    DuplicateFound duplicate = (DuplicateFound) verdicts.get(1);
    assertThat(duplicate.original().id()).isEqualTo("1");
    assertThat(duplicate.original().distance()).isEqualTo(3);
    assertThat(duplicate.matchCount()).isOne();
    assertThat(app.records("unique")).hasSize(1);
    assertThat(app.records("duplicate-found")).hasSize(1);
    assertThat(app.records("download-failed")).isEmpty();
    assertThat(app.log()).extracting(FingerprintRecord::position).containsExactly(0L, 1L);
    assertThat(app.pending()).isZero();
  }

  @Test
  void resultsOvertakeEachOther() {
    app.event("1", "slow");
    app.event("2", "fast");
    app.tick();
    app.loads.fetch("fast").brings(FILE);
    app.tick();

    assertThat(app.verdicts()).extracting(Verdict::event).containsExactly(at(1));

    app.loads.fetch("slow").brings(FILE);
    app.tick();
    assertThat(app.verdicts()).extracting(Verdict::event).containsExactly(at(0));
  }

  @Test
  void noMoreAreUnderWayThanAllowed() {
    for (int i = 0; i < 6; i++) {
      app.event("" + i, "n" + i);
    }
    app.tick();
    app.tick();
    List<ScriptedLoads.Fetch> first =
        new ArrayList<>(LongStream.range(0, 4).mapToObj(i -> app.loads.fetch("n" + i)).toList());

    assertThat(app.loads.hasStarted("n4")).isFalse();

    first.get(2).brings(FILE);
    app.tick();
    app.loads.fetch("n4").brings(FILE);
    assertThat(app.loads.hasStarted("n5")).isFalse();
    app.tick();
    app.loads.fetch("n5").brings(FILE);
    app.tick();
    assertThat(app.verdicts()).extracting(Verdict::event).containsExactly(at(2), at(4), at(5));
  }

  @Test
  void aNewerEventSupersedesAnOlderOneThatIsUnderWay() {
    app.event("1", "old");
    app.tick();
    ScriptedLoads.Fetch old = app.loads.fetch("old");
    app.event("1", "new");

    assertSuperseded(app.verdicts(), 0, 0);
    old.awaitEnd();

    app.tick();
    app.loads.fetch("new").brings(FILE);
    app.tick();
    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).extracting(Verdict::event).containsExactly(at(1));
    assertThat(verdicts.getFirst()).isInstanceOf(Unique.class);
    assertThat(app.pending()).isZero();
  }

  @Test
  void aResultThatCameJustBeforeItsEventWasSupersededIsDropped() {
    app.event("1", "old");
    app.tick();
    app.loads.fetch("old").brings(FILE);
    app.event("1", "new");
    app.tick();
    app.loads.fetch("new").brings(OTHER);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).hasSize(2);
    assertSuperseded(verdicts.subList(0, 1), 0, 0);
    assertThat(((Unique) verdicts.get(1)).event()).isEqualTo(at(1));
  }

  @Test
  void aNewerEventSupersedesAnOlderOneThatHasNotBegun() {
    app.event("1", "old");
    app.event("1", "new");
    app.tick();
    app.loads.fetch("new").brings(FILE);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertSuperseded(verdicts.subList(0, 1), 0, 0);
    assertThat(verdicts.get(1).event()).isEqualTo(at(1));
    assertThat(app.loads.hasStarted("old")).isFalse();
  }

  @Test
  void aNewerEventSupersedesAnOlderOneThatWaitsForItsNextTry() {
    app.event("1", "old");
    app.tick();
    app.loads.fetch("old").failsForNow();
    app.tick();
    app.event("1", "new");
    app.advance(Duration.ofSeconds(10));
    app.loads.fetch("new").brings(FILE);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertSuperseded(verdicts.subList(0, 1), 0, 1);
    assertThat(verdicts.get(1).event()).isEqualTo(at(1));
    assertThat(app.loads.hasStarted("old")).isFalse();
    assertThat(app.pending()).isZero();
  }

  @Test
  void supersedingGivesItsPlaceBackHoweverOftenItHappens() {
    for (int i = 0; i < 20; i++) {
      app.event("1", "n" + i);
      app.tick();
      app.loads.fetch("n" + i);
    }
    for (int i = 0; i < 3; i++) {
      app.event("other" + i, "o" + i);
    }
    app.tick();

    for (int i = 0; i < 3; i++) {
      app.loads.fetch("o" + i).brings(OTHER);
    }
    app.tick();
    assertThat(app.verdicts()).hasSize(19 + 3);
  }

  @Test
  void aRemovalWhileUnderWaySupersedesAndLeavesNothing() {
    app.event("1", "a");
    app.tick();
    app.loads.fetch("a");
    app.removal("1");

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).hasSize(2);
    assertSuperseded(verdicts.subList(0, 1), 0, 0);
    assertThat(verdicts.get(1)).isNull();
    app.tick();
    assertThat(app.log()).isEmpty();
    assertThat(app.pending()).isZero();
  }

  @Test
  void aRemovedImageLeavesATombstoneAndMatchesNobody() {
    judged("1", "a", FILE);
    app.log();
    app.removal("1");
    judged("2", "b", FILE);

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).hasSize(3);
    assertThat(verdicts.get(1)).isNull();
    assertThat(((Unique) verdicts.get(2)).position()).isEqualTo(1);
    List<FingerprintRecord> log = app.log();
    assertThat(log).hasSize(2);
    assertThat(log.get(0)).isNull();
    assertThat(log.get(1).position()).isEqualTo(1);
  }

  @Test
  void theRemovalOfAnUnknownImageYieldsNoVerdictAndNoLogRecord() {
    app.removal("never");
    app.tick();

    assertThat(app.verdicts()).containsExactly((Verdict) null);
    assertThat(app.log()).isEmpty();
    assertThat(app.records("download-failed")).isEmpty();
    assertThat(app.pending()).isZero();
  }

  @Test
  void theSameBytesAgainKeepTheirPositionAndAddNoLogRecord() {
    judged("1", "a", FILE);
    judged("2", "b", FILE);
    judged("1", "c", FILE);

    List<Verdict> verdicts = app.verdicts();
    assertThat(((Unique) verdicts.get(2)).position()).isZero();
    assertThat(verdicts.get(2).event()).isEqualTo(at(2));
    assertThat(app.log()).hasSize(2);
  }

  @Test
  void otherBytesGetANewPositionAndALogRecord() {
    judged("1", "a", FILE);
    judged("2", "b", OTHER);
    judged("1", "c", LIKE_IT);
    judged("3", "d", FILE);

    List<Verdict> verdicts = app.verdicts();
    assertThat(((Unique) verdicts.get(2)).position()).isEqualTo(2);
    DuplicateFound last = (DuplicateFound) verdicts.get(3);
    assertThat(last.original().position()).isEqualTo(2);
    assertThat(last.matchCount()).isOne();
    assertThat(app.log()).extracting(FingerprintRecord::position).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aFailedFetchLeavesTheOldFingerprintInPlace() {
    judged("1", "a", FILE);
    app.event("1", "b");
    app.tick();
    app.loads.fetch("b").fails(FailureReason.NOT_FOUND);
    app.tick();
    judged("2", "c", FILE);

    List<Verdict> verdicts = app.verdicts();
    assertThat(((DownloadFailed) verdicts.get(1)).reason()).isEqualTo(FailureReason.NOT_FOUND);
    assertThat(((DownloadFailed) verdicts.get(1)).attempts()).isOne();
    assertThat(((DuplicateFound) verdicts.get(2)).original().id()).isEqualTo("1");
    assertThat(app.log()).hasSize(2);
  }

  @Test
  void whatPassesIsTriedAgainAfterItsBackOffAndTheTriesAreCounted() {
    app.event("1", "a");
    app.tick();
    for (int i = 0; i < 2; i++) {
      app.loads.fetch("a").failsForNow();
      app.tick();
      app.advance(Duration.ofSeconds(2));
    }
    app.loads.fetch("a").failsForNow();
    app.tick();

    DownloadFailed failed = (DownloadFailed) app.verdicts().getFirst();
    assertThat(failed.reason()).isEqualTo(FailureReason.TIMEOUT);
    assertThat(failed.attempts()).isEqualTo(3);
    assertThat(failed.retryable()).isTrue();
    app.advance(Duration.ofMinutes(10));
    assertThat(app.loads.hasStarted("a")).isFalse();
    assertThat(app.pending()).isZero();
  }

  @Test
  void aTryIsNotMadeBeforeItsTime() {
    app.event("1", "a");
    app.tick();
    app.loads.fetch("a").ends(later(Duration.ofMinutes(5)));
    app.tick();

    app.advance(Duration.ofMinutes(5).minus(TopologyHarness.TICK));
    assertThat(app.loads.hasStarted("a")).isFalse();

    app.tick();
    app.loads.fetch("a").brings(FILE);
    app.tick();
    assertThat(app.verdicts().getFirst()).isInstanceOf(Unique.class);
  }

  @Test
  void whatWaitsForItsNextTryHoldsUpNobody() {
    for (int i = 0; i < 10; i++) {
      app.event("waiting" + i, "w" + i);
    }
    app.tick();
    for (int i = 0; i < 10; i++) {
      app.loads.fetch("w" + i).ends(later(Duration.ofMinutes(5)));
      app.tick();
    }
    judged("1", "a", FILE);

    assertThat(app.verdicts()).extracting(Verdict::event).containsExactly(at(10));
    app.advance(Duration.ofMinutes(5));
    for (int i = 0; i < 10; i++) {
      app.loads.fetch("w" + i).brings(OTHER);
      app.tick();
    }
    assertThat(app.verdicts()).hasSize(10);
    assertThat(app.pending()).isZero();
  }

  @Test
  void afterARestartEverythingThatWasUnderWayOrWaitingIsDone() {
    app.event("flying", "a");
    app.event("retried", "b");
    app.tick();
    app.loads.fetch("a");
    app.loads.fetch("b").ends(later(Duration.ofMinutes(5)));
    app.tick();
    app.event("untouched", "c");

    app.restart(SETTINGS);
    app.tick();
    app.loads.fetch("a").brings(FILE);
    app.loads.fetch("c").brings(OTHER);
    app.tick();
    assertThat(app.loads.hasStarted("b")).isFalse();
    app.advance(Duration.ofMinutes(5));
    app.loads.fetch("b").fails(FailureReason.NOT_FOUND);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts)
        .extracting(verdict -> verdict.image().id())
        .containsExactlyInAnyOrder("flying", "untouched", "retried");
    assertThat(((DownloadFailed) verdicts.get(2)).attempts()).isEqualTo(2);
    assertThat(app.pending()).isZero();
  }

  @Test
  void aRestartEndsTheLoadsOfTheTaskBefore() {
    app.event("1", "a");
    app.tick();
    ScriptedLoads.Fetch before = app.loads.fetch("a");

    app.restart(SETTINGS);

    before.awaitEnd();
    app.tick();
    app.loads.fetch("a").brings(FILE);
    app.tick();
    assertThat(app.verdicts()).hasSize(1);
  }

  @Test
  void whatWaitedWhenTheClockWasSetBackIsDoneOnceTheClockHasCaughtUp() {
    app.event("0", "a");
    app.event("1", "b");
    app.restartWithClockSetBack(Duration.ofHours(1), SETTINGS);
    app.event("2", "c");
    app.tick();
    app.loads.fetch("c").brings(FILE);
    app.advance(Duration.ofHours(1));
    app.loads.fetch("a").brings(FILE);
    app.loads.fetch("b").brings(FILE);
    app.tick();

    assertThat(app.verdicts())
        .extracting(verdict -> verdict.image().id())
        .containsExactlyInAnyOrder("0", "1", "2");
    assertThat(app.pending()).isZero();
  }

  @Test
  void everyEventHasExactlyOneVerdictWhateverHappensToIt() {
    Random random = new Random(42);
    int events = 300;
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      app.event("" + random.nextInt(12), "e" + i);
      app.tick();
      if (random.nextInt(40) == 0) {
        verdicts.addAll(app.verdicts());
        app.restart(SETTINGS);
      }
      app.loads.endSome(random);
      app.tick();
    }
    for (int i = 0; app.pending() > 0 && i < 200; i++) {
      app.advance(Duration.ofSeconds(2));
      app.loads.endSome(random);
    }
    verdicts.addAll(app.verdicts());

    assertThat(verdicts)
        .extracting(Verdict::event)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, events).mapToObj(ArrivalOrderTest::at).toList());
  }

  private void judged(String id, String source, String file) {
    app.event(id, source);
    app.tick();
    app.loads.fetch(source).brings(file);
    app.tick();
  }

  private static FetchOutcome later(Duration wait) {
    return new FetchOutcome.Failed(FailureReason.HTTP_STATUS, "busy", 503, wait);
  }

  private static void assertSuperseded(List<Verdict> verdicts, long offset, int attempts) {
    assertThat(verdicts)
        .singleElement()
        .isInstanceOfSatisfying(
            DownloadFailed.class,
            failed -> {
              assertThat(failed.event()).isEqualTo(at(offset));
              assertThat(failed.reason()).isEqualTo(FailureReason.SUPERSEDED);
              assertThat(failed.attempts()).isEqualTo(attempts);
              assertThat(failed.retryable()).isFalse();
            });
  }

  private static EventId at(long offset) {
    return new EventId("image-metadata", 0, offset);
  }
}
