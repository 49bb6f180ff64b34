package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.schema.Verdict.DuplicateFound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SourceOrderTest {
  private static final FetchSettings SETTINGS = TopologyHarness.settings(FetchOrder.SOURCE, 4, 6);
  private static final FetchSettings ARRIVAL = TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 6);
  private static final String FILE = "0000000000000000";

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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void resultsAreReleasedInTheOrderOfEventsInWhateverOrderTheyCome(long seed) {
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
    Collections.shuffle(order, new Random(seed));
    for (int i = 0; i < 4; i++) {
      app.event("" + i, "n" + i);
    }
    app.tick();
    for (int i : order) {
      app.loads.fetch("n" + i).brings(FILE);
      app.tick();
    }

    List<Verdict> verdicts = app.verdicts();
    assertThat(offsets(verdicts)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(verdicts.subList(1, 4))
        .allMatch(verdict -> ((DuplicateFound) verdict).original().id().equals("0"));
    assertThat(app.pending()).isZero();
  }

  @Test
  void aSlowImageHoldsUpThoseBehindItWithinABoundedWindow() {
    for (int i = 0; i < 9; i++) {
      app.event("" + i, "n" + i);
    }
    app.tick();
    ScriptedLoads.Fetch slow = app.loads.fetch("n0");
    for (int i = 1; i < 6; i++) {
      app.loads.fetch("n" + i).brings(FILE);
      app.tick();
    }

    assertThat(app.verdicts()).isEmpty();
    app.tick();
    assertThat(app.loads.hasStarted("n6")).isFalse();

    slow.brings(FILE);
    app.tick();
    assertThat(offsets(app.verdicts())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    for (int i = 6; i < 9; i++) {
      app.loads.fetch("n" + i).brings(FILE);
    }
    app.tick();
    assertThat(offsets(app.verdicts())).containsExactly(6L, 7L, 8L);
  }

  @Test
  void whatThereWasNoRoomForIsAskedForASecondLaterAndLosesNoTry() {
    app.event("1", "a.example/1");
    app.tick();
    for (int i = 0; i < 10; i++) {
      app.loads.fetch("a.example/1").ends(new FetchOutcome.NotTried("no room"));
      app.tick();
      app.advance(Duration.ofMillis(900));
      app.loads.settle();
      assertThat(app.loads.hasStarted("a.example/1")).isFalse();
      app.advance(Duration.ofMillis(100));
    }
    app.loads.fetch("a.example/1").fails(FailureReason.NOT_FOUND);
    app.tick();

    assertThat(app.verdicts())
        .singleElement()
        .isInstanceOfSatisfying(
            DownloadFailed.class, failed -> assertThat(failed.attempts()).isOne());
  }

  @Test
  void nothingIsSupersededAndRemovalsKeepTheirTurn() {
    app.event("1", "a");
    app.event("1", "b");
    app.removal("1");
    app.event("1", "c");
    app.tick();
    app.loads.fetch("c").brings(FILE);
    app.loads.fetch("b").brings(FILE);
    app.loads.fetch("a").brings(FILE);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).hasSize(4);
    assertThat(verdicts.get(0).event().offset()).isZero();
    assertThat(verdicts.get(1).event().offset()).isOne();
    assertThat(verdicts.get(2)).isNull();
    assertThat(verdicts.get(3).event().offset()).isEqualTo(3);
    assertThat(app.records("download-failed")).isEmpty();
    assertThat(app.log()).hasSize(3);
    assertThat(app.pending()).isZero();
  }

  @Test
  void aRetryKeepsItsTurnAndItsTriesAreCounted() {
    app.event("1", "a");
    app.event("2", "b");
    app.tick();
    app.loads.fetch("b").brings(FILE);
    for (int i = 0; i < 2; i++) {
      app.loads.fetch("a").failsForNow();
      app.tick();
      assertThat(app.verdicts()).isEmpty();
      app.advance(Duration.ofSeconds(2));
    }
    app.loads.fetch("a").failsForNow();
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(offsets(verdicts)).containsExactly(0L, 1L);
    assertThat(((DownloadFailed) verdicts.getFirst()).reason()).isEqualTo(FailureReason.TIMEOUT);
    assertThat(((DownloadFailed) verdicts.getFirst()).attempts()).isEqualTo(3);
  }

  @Test
  void afterARestartTheOrderIsTheSame() {
    for (int i = 0; i < 4; i++) {
      app.event("" + i, "n" + i);
    }
    app.tick();
    app.loads.fetch("n1").brings(FILE);
    app.tick();
    for (int i : new int[] {0, 2, 3}) {
      app.loads.fetch("n" + i);
    }

    app.restart(SETTINGS);
    app.event("4", "n4");
    app.tick();
    for (int i = 3; i >= 0; i--) {
      app.loads.fetch("n" + i).brings(FILE);
    }
    app.tick();
    app.loads.fetch("n4").brings(FILE);
    app.tick();

    assertThat(app.verdicts())
        .extracting(verdict -> verdict.image().id())
        .containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void aClockThatWasSetBackWhileTheAppWasDownChangesNoOrderAndHoldsUpNothing() {
    app.event("0", "a");
    app.restartWithClockSetBack(Duration.ofHours(1), SETTINGS);
    app.event("1", "b");
    app.tick();
    app.loads.fetch("b").brings(FILE);
    app.loads.fetch("a").brings(FILE);
    app.tick();

    assertThat(app.verdicts())
        .extracting(verdict -> verdict.image().id())
        .containsExactly("0", "1");
  }

  @Test
  void whatWasFiledInArrivalOrderComesBeforeWhatFollowsInSourceOrder() {
    app.restart(ARRIVAL);
    app.event("0", "a");
    app.event("1", "b");
    app.tick();
    app.loads.fetch("a");
    app.loads.fetch("b").failsForNow();
    app.tick();

    app.restart(SETTINGS);
    app.event("2", "c");
    app.tick();
    app.loads.fetch("c").brings(FILE);
    app.advance(Duration.ofSeconds(2));
    app.loads.fetch("a").brings(FILE);
    app.loads.fetch("b").brings(FILE);
    app.tick();

    assertThat(app.verdicts())
        .extracting(verdict -> verdict.image().id())
        .containsExactly("0", "1", "2");
    assertThat(app.pending()).isZero();
  }

  @Test
  void ofWhatWasFiledInSourceOrderOnlyTheLatestOfAnImageIsLeftInArrivalOrder() {
    app.event("1", "a");
    app.event("1", "b");
    app.removal("2");
    app.event("2", "c");
    app.tick();
    app.loads.fetch("b");
    app.loads.fetch("c");
    app.loads.fetch("a").failsForNow();
    app.tick();

    app.restart(ARRIVAL);
    app.advance(Duration.ofSeconds(2));
    app.loads.fetch("b").brings(FILE);
    app.tick();
    app.loads.fetch("c").brings(FILE);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).hasSize(4);
    assertThat(((DownloadFailed) verdicts.get(0)).reason()).isEqualTo(FailureReason.SUPERSEDED);
    assertThat(verdicts.get(0).event().offset()).isZero();
    assertThat(verdicts.get(1)).isNull();
    assertThat(verdicts.get(2).event().offset()).isOne();
    assertThat(verdicts.get(3).event().offset()).isEqualTo(3);
    assertThat(app.loads.hasStarted("a")).isFalse();
    assertThat(app.pending()).isZero();
  }

  @Test
  void theLatestOfAnImageDoesNotOvertakeWhatAnotherHostHoldsUp() {
    FetchSettings arrival = TopologyHarness.settings(FetchOrder.ARRIVAL, 6, 6);
    app.restart(arrival);
    for (int i = 0; i < 5; i++) {
      app.event("other" + i, "busy.example/" + i);
    }
    app.event("1", "busy.example/old");
    app.restart(SETTINGS);
    app.event("1", "new");

    app.restart(arrival);
    app.tick();
    app.loads.fetch("new").brings(FILE);
    app.tick();

    assertThat(offsets(app.verdicts())).containsExactly(5L, 6L);
    for (int i = 0; i < 5; i++) {
      app.loads.fetch("busy.example/" + i).brings(FILE);
      app.tick();
    }
    app.loads.settle();
    assertThat(app.loads.hasStarted("busy.example/old")).isFalse();
    assertThat(app.pending()).isZero();
  }

  private static List<Long> offsets(List<Verdict> verdicts) {
    return verdicts.stream().map(verdict -> verdict.event().offset()).toList();
  }
}
