package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What hosts do to each other's images, and operators to both. */
@Timeout(60)
class HostLanesTest {
  private static final String FILE = "0000000000000000";
  private static final FetchSettings SETTINGS =
      TopologyHarness.settings(FetchOrder.ARRIVAL, 20, 100);

  @TempDir private Path folder;
  private TopologyHarness app;

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void aHostThatIsFullHoldsUpNobodyElse() {
    start(SETTINGS);
    for (int i = 0; i < 50; i++) {
      app.event("slow" + i, "slow.example/" + i);
    }
    app.event("fast", "fast.example/1");
    app.tick();

    app.loads.fetch("fast.example/1").brings(FILE);
    app.tick();
    assertThat(ids()).containsExactly("fast");
    for (int i = 0; i < 4; i++) {
      app.loads.fetch("slow.example/" + i);
    }
    assertThat(app.loads.hasStarted("slow.example/4")).isFalse();
  }

  @Test
  void whatThereWasNoRoomForIsAskedForASecondLaterAndLosesNoTry() {
    start(SETTINGS);
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
  void anImageOfAFullHostBeginsAsSoonAsAnotherOneEnds() {
    start(SETTINGS);
    for (int i = 0; i < 30; i++) {
      app.event("" + i, "a.example/" + i);
    }
    app.tick();
    for (int i = 0; i < 30; i++) {
      app.loads.fetch("a.example/" + i).brings(FILE);
      app.tick();
    }

    assertThat(ids()).hasSize(30);
    assertThat(app.pending()).isZero();
  }

  @Test
  void hostsTakeTurnsHoweverMuchOneOfThemHas() {
    start(TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 100));
    for (int i = 0; i < 20; i++) {
      app.event("a" + i, "a.example/" + i);
    }
    for (int i = 0; i < 3; i++) {
      app.event("b" + i, "b.example/" + i);
    }
    app.tick();

    app.loads.fetch("a.example/0");
    app.loads.fetch("b.example/0");
    app.loads.fetch("a.example/1");
    app.loads.fetch("b.example/1");
  }

  @Test
  void whatWaitsForADeadHostFailsAfterItsTriesWithoutBeingAskedForEachTime() {
    start(SETTINGS);
    for (int i = 0; i < 200; i++) {
      app.event("" + i, "dead.example/" + i);
    }
    int asked = 0;
    List<Verdict> verdicts = new ArrayList<>();
    for (int seconds = 0; seconds < 120 && verdicts.size() < 200; seconds++) {
      app.advance(Duration.ofSeconds(1));
      app.loads.settle();
      for (int i = 0; i < 200; i++) {
        while (app.loads.hasStarted("dead.example/" + i)) {
          asked++;
          app.loads.fetch("dead.example/" + i).failsForNow();
        }
      }
      app.tick();
      verdicts.addAll(app.verdicts());
    }

    assertThat(verdicts).hasSize(200);
    assertThat(verdicts)
        .allSatisfy(verdict -> {
          assertThat(((DownloadFailed) verdict).attempts()).isEqualTo(3);
          assertThat(((DownloadFailed) verdict).retryable()).isTrue();
        });
    assertThat(verdicts)
        .filteredOn(one -> ((DownloadFailed) one).reason() == FailureReason.HOST_UNAVAILABLE)
        .hasSizeGreaterThan(150);
    assertThat(asked).isLessThan(40);
    assertThat(app.pending()).isZero();
  }

  @Test
  void ofADeadHostsBacklogOnlySomeHundredsLoseATryInATick() {
    start(SETTINGS);
    int rows = 1_200;
    for (int i = 0; i < rows; i++) {
      app.event("" + i, "dead.example/" + i);
    }
    app.tick();
    for (int i = 0; i < 4; i++) {
      app.loads.fetch("dead.example/" + i).failsForNow();
    }
    app.tick();
    for (int i = 4; i < 8; i++) {
      app.loads.fetch("dead.example/" + i).failsForNow();
    }
    long tried = 4;
    int ticks = 0;
    while (tried < rows) {
      app.tick();
      long more = app.pendingEvents().stream().filter(row -> row.attempts() > 0).count() - tried;
      assertThat(more).isPositive().isLessThanOrEqualTo(504);
      tried += more;
      ticks++;
    }

    assertThat(ticks).isEqualTo(3);
  }

  @Test
  void whatWaitsForAHostThatComesBackIsFetched() {
    start(SETTINGS);
    for (int i = 0; i < 50; i++) {
      app.event("" + i, "a.example/" + i);
    }
    app.tick();
    for (int i = 0; i < 4; i++) {
      app.loads.fetch("a.example/" + i).failsForNow();
    }
    app.tick();
    for (int i = 4; i < 8; i++) {
      app.loads.fetch("a.example/" + i).failsForNow();
    }
    app.tick();
    assertThat(app.loads.hasStarted("a.example/8")).isFalse();

    List<Verdict> verdicts = new ArrayList<>();
    for (int seconds = 0; seconds < 30 && verdicts.size() < 50; seconds++) {
      app.advance(Duration.ofSeconds(1));
      for (int tick = 0; tick < 30; tick++) {
        app.loads.settle();
        for (int i = 0; i < 50; i++) {
          while (app.loads.hasStarted("a.example/" + i)) {
            app.loads.fetch("a.example/" + i).brings(FILE);
          }
        }
        app.tick();
      }
      verdicts.addAll(app.verdicts());
    }

    assertThat(verdicts).hasSize(50).noneMatch(DownloadFailed.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(FetchOrder.class)
  void badAddressesThatComeFirstKeepNoGoodOneOfTheirHostFromBeingFetched(FetchOrder order) {
    start(TopologyHarness.settings(order, 20, 100));
    for (int i = 0; i < 50; i++) {
      app.event("" + i, "a.example/" + i);
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (int tick = 0; tick < 6_000 && verdicts.size() < 50; tick++) {
      app.advance(Duration.ofMillis(50));
      app.loads.settle();
      for (int i = 0; i < 50; i++) {
        if (app.loads.hasStarted("a.example/" + i)) {
          ScriptedLoads.Fetch fetch = app.loads.fetch("a.example/" + i);
          if (i < 20) {
            fetch.ends(new Failed(FailureReason.HTTP_STATUS, "bad", 503, Duration.ZERO));
          } else {
            fetch.brings(FILE);
          }
        }
      }
      verdicts.addAll(app.verdicts());
    }

    assertThat(verdicts).hasSize(50);
    assertThat(verdicts)
        .filteredOn(DownloadFailed.class::isInstance)
        .extracting(verdict -> Integer.parseInt(verdict.image().id()))
        .allMatch(id -> id < 20);
  }

  @Test
  void aRedirectToAnotherHostWaitsForItsTurnThereAndCostsNoTry() {
    start(SETTINGS);
    for (int i = 0; i < 4; i++) {
      app.event("busy" + i, "cdn.example/busy" + i);
    }
    app.event("1", "a.example/1");
    app.tick();
    app.loads.fetch("a.example/1").ends(new FetchOutcome.Moved("test:cdn.example/1", 1));
    app.tick();
    app.tick();
    app.loads.settle();
    assertThat(app.loads.hasStarted("cdn.example/1")).isFalse();

    app.loads.fetch("cdn.example/busy0").brings(FILE);
    app.tick();
    ScriptedLoads.Fetch moved = app.loads.fetch("cdn.example/1");
    assertThat(moved.request().redirects()).isEqualTo(1);
    moved.failsForNow();
    app.tick();
    app.advance(Duration.ofSeconds(2));
    app.loads.fetch("a.example/1").fails(FailureReason.NOT_FOUND);
    app.tick();

    assertThat(app.verdicts().getLast())
        .isInstanceOfSatisfying(
            DownloadFailed.class, failed -> assertThat(failed.attempts()).isEqualTo(2));
  }

  @Test
  void aStoppedHostIsLeftAtOnceAndItsImagesWaitUntilItIsResumed() {
    start(SETTINGS);
    for (int i = 0; i < 6; i++) {
      app.event("" + i, "a.example/" + i);
    }
    app.tick();
    ScriptedLoads.Fetch underWay = app.loads.fetch("a.example/0");
    for (int i = 1; i < 4; i++) {
      // One that is given up before its thread is there is never seen.
      app.loads.fetch("a.example/" + i);
    }

    app.loads.control.stop("a.example");
    app.tick();
    underWay.awaitEnd();
    app.event("new", "a.example/new");
    app.advance(Duration.ofHours(1));
    for (int i = 0; i < 6; i++) {
      assertThat(app.loads.hasStarted("a.example/" + i)).isFalse();
    }
    assertThat(app.verdicts()).isEmpty();

    app.loads.control.resume("a.example");
    for (int i : new int[] {4, 5, 0, 1, 2, 3}) {
      app.tick();
      app.loads.fetch("a.example/" + i).brings(FILE);
    }
    app.tick();
    app.loads.fetch("a.example/new").brings(FILE);
    app.tick();
    assertThat(ids()).hasSize(7);
  }

  @Test
  void whatIsCancelledEndsAtOnceWhetherUnderWayWaitingOrInBackOff() {
    start(SETTINGS);
    app.event("flying", "a.example/1");
    app.event("retried", "a.example/2");
    app.event("other", "b.example/1");
    app.tick();
    app.loads.fetch("a.example/1");
    app.loads.fetch("a.example/2").failsForNow();
    app.tick();

    app.loads.control.cancel("a.example", app.now().plusMillis(1).toEpochMilli());
    app.tick();
    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts)
        .extracting(verdict -> verdict.image().id())
        .containsExactlyInAnyOrder("flying", "retried");
    assertThat(verdicts)
        .allMatch(one -> ((DownloadFailed) one).reason() == FailureReason.CANCELLED);

    app.advance(Duration.ofSeconds(1));
    app.event("later", "a.example/3");
    app.tick();
    app.loads.fetch("a.example/3").brings(FILE);
    app.tick();
    assertThat(ids()).containsExactly("later");
  }

  @Test
  void allThatAHostHasInBackOffIsCancelledAtOnce() {
    start(SETTINGS);
    for (int i = 0; i < 4; i++) {
      app.event("" + i, "a.example/" + i);
    }
    app.tick();
    for (int i = 0; i < 4; i++) {
      app.loads.fetch("a.example/" + i).ends(later(Duration.ofMinutes(5)));
    }
    app.tick();

    app.loads.control.cancel("a.example", app.now().plusMillis(1).toEpochMilli());
    app.tick();

    assertThat(ids()).containsExactlyInAnyOrder("0", "1", "2", "3");
    assertThat(app.pending()).isZero();
  }

  @Test
  void whatIsCancelledEndsThoughAllPlacesAreTaken() {
    start(TopologyHarness.settings(FetchOrder.ARRIVAL, 1, 100));
    app.event("busy", "b.example/1");
    app.tick();
    app.loads.fetch("b.example/1");
    for (int i = 0; i < 700; i++) {
      app.event("" + i, "a.example/" + i);
    }

    app.loads.control.cancel("a.example", Long.MAX_VALUE);
    app.tick();
    app.tick();

    assertThat(ids()).hasSize(700).doesNotContain("busy");
  }

  @Test
  void oneImageIsCancelledWithoutTheOthersOfItsHost() {
    start(SETTINGS);
    for (int i = 0; i < 40; i++) {
      app.event("" + i, "a.example/" + i);
    }
    app.tick();

    app.loads.control.cancel(new ImageKey("default", "33"), app.now().plusMillis(1).toEpochMilli());
    app.tick();

    assertThat(ids()).containsExactly("33");
  }

  @Test
  void afterARestartHostsWithRowsAreFoundAgainHoweverManyThereAre() {
    start(SETTINGS);
    for (int i = 0; i < 300; i++) {
      app.event("" + i, "h%d.example/1".formatted(i));
    }
    app.restart(SETTINGS);
    List<String> ids = new ArrayList<>();
    for (int tick = 0; tick < 2000 && ids.size() < 300; tick++) {
      app.advance(Duration.ofMillis(50));
      app.loads.settle();
      for (int i = 0; i < 300; i++) {
        if (app.loads.hasStarted("h%d.example/1".formatted(i))) {
          app.loads.fetch("h%d.example/1".formatted(i)).brings(FILE);
        }
      }
      app.tick();
      ids.addAll(ids());
    }

    assertThat(ids).as("more than the 100 hosts that are in memory").hasSize(300);
    assertThat(app.pending()).isZero();
  }

  @Test
  void aNewHostIsServedThoughAllThatAreInMemoryWaitForLong() {
    start(SETTINGS);
    for (int i = 0; i < 120; i++) {
      app.event("w" + i, "w%d.example/1".formatted(i));
      app.tick();
      app.loads.fetch("w%d.example/1".formatted(i)).ends(later(Duration.ofMinutes(5)));
      app.tick();
    }
    app.event("new", "new.example/1");
    app.tick();
    app.loads.fetch("new.example/1").brings(FILE);
    app.tick();
    assertThat(ids()).containsExactly("new");

    List<String> ids = new ArrayList<>();
    for (int tick = 0; tick < 400 && ids.size() < 120; tick++) {
      app.advance(Duration.ofSeconds(2));
      app.loads.settle();
      for (int i = 0; i < 120; i++) {
        if (app.loads.hasStarted("w%d.example/1".formatted(i))) {
          app.loads.fetch("w%d.example/1".formatted(i)).brings(FILE);
        }
      }
      app.tick();
      ids.addAll(ids());
    }
    assertThat(ids).hasSize(120);
  }

  @Test
  void aRemovalEndsEverythingThatSourceOrderHadLeftOfAnImage() {
    start(TopologyHarness.settings(FetchOrder.SOURCE, 4, 6));
    app.event("1", "a");
    app.event("1", "b");
    app.event("1", "c");
    app.tick();
    app.restart(SETTINGS);

    app.removal("1");

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).hasSize(4);
    for (int i = 0; i < 3; i++) {
      assertThat(((DownloadFailed) verdicts.get(i)).reason()).isEqualTo(FailureReason.SUPERSEDED);
      assertThat(verdicts.get(i).event().offset()).isEqualTo(i);
    }
    assertThat(verdicts.get(3)).isNull();
    assertThat(app.pending()).isZero();
  }

  private void start(FetchSettings settings) {
    app = new TopologyHarness(folder, settings);
  }

  private List<String> ids() {
    return app.verdicts().stream().map(verdict -> verdict.image().id()).toList();
  }

  private static FetchOutcome later(Duration wait) {
    return new Failed(FailureReason.HTTP_STATUS, "busy", 503, wait);
  }
}
