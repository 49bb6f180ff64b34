package io.twinstream.politeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
  private static final BreakerPolicy BREAKER =
      new BreakerPolicy(3, Duration.ofSeconds(5), Duration.ofSeconds(20));
  private static final Optional<FetchOutcome> SILENCE =
      Optional.of(new Failed(FailureReason.TIMEOUT, "silence"));
  private static final Optional<FetchOutcome> ERROR =
      Optional.of(new Failed(FailureReason.HTTP_STATUS, "broken", 500, Duration.ZERO));
  private static final Optional<FetchOutcome> GONE =
      Optional.of(new Failed(FailureReason.NOT_FOUND, "gone", 404, Duration.ZERO));
  private static final Object ME = "me";

  private final FetchControl control = new FetchControl();
  private Instant now = Instant.parse("2026-05-04T10:20:30Z");

  @Test
  void noMoreRequestsAreUnderWayToAHostThanItBears() {
    Host host = hosts(2, 0, 100).join("a");

    Visit first = admitted(host);
    admitted(host);
    assertThat(host.ask(ME)).isEqualTo(new Admission.HostBusy());
    assertThat(host.mayHaveRoom()).isFalse();

    first.ended(GONE);
    assertThat(host.mayHaveRoom()).isTrue();
    admitted(host);
  }

  @Test
  void aVisitEndsOnceHoweverOftenThatIsSaid() {
    Host host = hosts(2, 0, 100).join("a");
    Visit visit = admitted(host);
    admitted(host);

    visit.ended(GONE);
    visit.ended(Optional.empty());
    admitted(host);

    assertThat(host.ask(ME)).isEqualTo(new Admission.HostBusy());
  }

  @Test
  void allHostsTogetherGetNoMoreThanTheProcessMakes() {
    Hosts hosts = hosts(2, 0, 3);
    Host a = hosts.join("a");
    Host b = hosts.join("b");

    Visit first = admitted(a);
    admitted(a);
    admitted(b);
    assertThat(b.ask(ME)).isEqualTo(new Admission.AllBusy());

    first.ended(GONE);
    admitted(b);
  }

  @Test
  void whatTheProcessRefusesTakesNothingFromTheHost() {
    Hosts hosts = hosts(1, 0, 1);
    Host a = hosts.join("a");
    Host b = hosts.join("b");
    Visit first = admitted(a);

    assertThat(b.ask(ME)).isEqualTo(new Admission.AllBusy());
    first.ended(GONE);

    admitted(b);
  }

  @Test
  void whoWasRefusedComesBeforeWhoHadATurn() {
    Host host = hosts(1, 0, 100).join("a");
    Visit visit = admitted(host, "greedy");
    assertThat(host.ask("patient")).isEqualTo(new Admission.HostBusy());
    visit.ended(GONE);

    assertThat(host.ask("greedy")).isEqualTo(new Admission.HostBusy());
    Visit next = admitted(host, "patient");
    next.ended(GONE);
    admitted(host, "greedy");
  }

  @Test
  void whoDoesNotAskAgainHoldsUpNobody() {
    Host host = hosts(1, 0, 100).join("a");
    Visit visit = admitted(host, "greedy");
    host.ask("gone");
    visit.ended(GONE);
    assertThat(host.ask("greedy")).isEqualTo(new Admission.HostBusy());

    pass(Duration.ofMillis(1001));

    admitted(host, "greedy");
  }

  @Test
  void aHostIsAskedNoMoreOftenThanItsRateAfterAFirstSecondsWorth() {
    Host host = hosts(1000, 10, 1000).join("a");

    for (int i = 0; i < 10; i++) {
      admitted(host);
    }
    assertThat(host.ask(ME)).isEqualTo(new Admission.NotBefore(now.plusMillis(100).toEpochMilli()));

    int inAMinute = 0;
    for (int i = 0; i < 60_000; i++) {
      pass(Duration.ofMillis(1));
      if (host.ask(ME) instanceof Admission.Admitted(var visit)) {
        visit.ended(GONE);
        inAMinute++;
      }
    }
    assertThat(inAMinute).isEqualTo(600);
  }

  @Test
  void aHostIsLeftInPeaceForAsLongAsItAsks() {
    Host host = hosts(4, 0, 100).join("a");

    admitted(host)
        .ended(
            Optional.of(
                new Failed(FailureReason.HTTP_STATUS, "busy", 429, Duration.ofSeconds(30))));

    long until = now.plusSeconds(30).toEpochMilli();
    assertThat(host.ask(ME)).isEqualTo(new Admission.NotBefore(until));
    assertThat(host.state().pausedUntil()).contains(now.plusSeconds(30));
    pass(Duration.ofSeconds(30));
    assertThat(host.state().pausedUntil()).isEmpty();
    admitted(host);
  }

  @Test
  void aHostThatAsksForPeaceIsNotTakenForDeadHoweverOftenItAsks() {
    Host host = hosts(4, 0, 100).join("a");
    for (int i = 0; i < 10; i++) {
      List<Visit> visits = List.of(admitted(host), admitted(host));
      visits.forEach(visit -> visit.ended(asking(429, Duration.ofSeconds(30))));

      assertThat(host.ask(ME))
          .isEqualTo(new Admission.NotBefore(now.plusSeconds(30).toEpochMilli()));
      pass(Duration.ofSeconds(30));
    }

    admitted(host);
    assertThat(host.state().open()).isFalse();
  }

  @Test
  void aDeadHostThatAsksForPeaceWhenItIsTriedCostsNobodyATryUntilThen() {
    Host host = hosts(4, 0, 100).join("a");
    fail(host, 3);
    pass(Duration.ofSeconds(5));

    admitted(host).ended(asking(503, Duration.ofSeconds(30)));

    assertThat(host.ask(ME)).isEqualTo(new Admission.NotBefore(now.plusSeconds(30).toEpochMilli()));
    pass(Duration.ofSeconds(30));
    admitted(host).ended(GONE);
    admitted(host);
    admitted(host);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void oneAnswerForGoodDoesNotSilenceAHostWhateverItAsks(int status) {
    Host host = hosts(4, 0, 100).join("a");

    admitted(host).ended(asking(status, Duration.ofMinutes(5)));

    admitted(host);
  }

  @Test
  void aHostThatKeepsFailingIsLeftAloneAndOneRequestTriesAgain() {
    Host host = hosts(4, 0, 100).join("a");
    fail(host, 3);

    Admission.Unavailable refused = (Admission.Unavailable) host.ask(ME);
    assertThat(refused.retryAt()).isEqualTo(now.plusSeconds(5).toEpochMilli());
    assertThat(refused.why()).contains("a", "silence");

    pass(Duration.ofSeconds(5));
    Visit trying = admitted(host);
    assertThat(host.ask(ME)).as("others wait for how it ends").isEqualTo(new Admission.HostBusy());

    trying.ended(GONE);
    for (int i = 0; i < 4; i++) {
      admitted(host);
    }
  }

  @Test
  void eachTimeThatTryingFailsItIsLeftAloneForTwiceAsLongUpToABound() {
    Host host = hosts(4, 0, 100).join("a");
    fail(host, 3);

    for (int seconds : new int[] {5, 10, 20, 20, 20}) {
      assertThat(host.ask(ME))
          .isInstanceOfSatisfying(
              Admission.Unavailable.class,
              refused ->
                  assertThat(refused.retryAt()).isEqualTo(now.plusSeconds(seconds).toEpochMilli()));
      pass(Duration.ofSeconds(seconds));
      fail(host, 1);
    }
  }

  @Test
  void aHostThatAnswersIsTriedByAsManyRequestsAsMayFailInARowOneAfterTheOther() {
    Host host = hosts(4, 0, 100).join("a");
    fail(host, 3);
    pass(Duration.ofSeconds(5));

    Visit first = admitted(host);
    assertThat(host.ask(ME)).isEqualTo(new Admission.HostBusy());
    first.ended(ERROR);
    Visit second = admitted(host);
    assertThat(host.ask(ME)).isEqualTo(new Admission.HostBusy());
    second.ended(GONE);

    admitted(host);
    admitted(host);
  }

  @Test
  void whenAllThatTryAreAnsweredBadlyItIsLeftAloneAgain() {
    Host host = hosts(4, 0, 100).join("a");
    fail(host, 3);
    pass(Duration.ofSeconds(5));

    for (int i = 0; i < 3; i++) {
      admitted(host).ended(ERROR);
    }

    assertThat(((Admission.Unavailable) host.ask(ME)).retryAt())
        .isEqualTo(now.plusSeconds(10).toEpochMilli());
  }

  @Test
  void aTryThatIsGivenUpLeavesItsTurnToAnother() {
    Host host = hosts(4, 0, 100).join("a");
    fail(host, 3);
    pass(Duration.ofSeconds(5));

    admitted(host).ended(Optional.empty());

    admitted(host);
  }

  @Test
  void whatWasUnderWayWhenItOpenedOpensItNoLonger() {
    Host host = hosts(4, 0, 100).join("a");
    List<Visit> late = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      late.add(admitted(host));
    }

    late.forEach(visit -> visit.ended(SILENCE));

    assertThat(((Admission.Unavailable) host.ask(ME)).retryAt())
        .isEqualTo(now.plusSeconds(5).toEpochMilli());
  }

  @Test
  void anAnswerInBetweenStartsTheCountAnew() {
    Host host = hosts(4, 0, 100).join("a");

    fail(host, 2);
    admitted(host).ended(GONE);
    fail(host, 2);

    admitted(host);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureReason.class,
      names = {"NOT_FOUND", "TOO_LARGE", "BAD_REDIRECT", "FORBIDDEN_ADDRESS", "INTERNAL_ERROR"})
  void whatIsNoFaultOfTheHostDoesNotCount(FailureReason reason) {
    Host host = hosts(4, 0, 100).join("a");

    for (int i = 0; i < 10; i++) {
      admitted(host).ended(Optional.of(new Failed(reason, "whatever")));
    }

    admitted(host);
  }

  @Test
  void whatWasNotTriedSaysNothingOfTheHost() {
    Host host = hosts(4, 0, 100).join("a");
    Optional<FetchOutcome> notTried = Optional.of(new FetchOutcome.NotTried("no room"));
    fail(host, 2);
    for (int i = 0; i < 10; i++) {
      admitted(host).ended(notTried);
    }
    fail(host, 1);
    assertThat(host.ask(ME)).isInstanceOf(Admission.Unavailable.class);

    pass(Duration.ofSeconds(5));
    admitted(host).ended(notTried);
    admitted(host).ended(GONE);
    admitted(host);
  }

  @Test
  void troubleIsRememberedWhenNobodyHasBusinessWithTheHost() {
    Hosts hosts = hosts(4, 0, 100);
    Host host = hosts.join("a");
    fail(host, 3);
    host.leave();

    assertThat(hosts.join("a").ask(ME)).isInstanceOf(Admission.Unavailable.class);
  }

  @Test
  void aHostWithoutTroubleIsForgottenWhenNobodyHasBusinessWithIt() {
    Hosts hosts = hosts(4, 0, 100);
    Host host = hosts.join("a");
    hosts.join("a");
    admitted(host).ended(GONE);

    host.leave();
    assertThat(hosts.states()).hasSize(1);
    host.leave();
    assertThat(hosts.states()).isEmpty();
  }

  @Test
  void hostsThatWereInTroubleLongAgoAreForgottenWhenThereAreMany() {
    Hosts hosts = hosts(4, 0, 100_000);
    for (int i = 0; i < 12_000; i++) {
      Host host = hosts.join("h" + i);
      fail(host, 1);
      host.leave();
    }
    assertThat(hosts.states()).hasSize(12_000);

    pass(Duration.ofMinutes(11));
    hosts.join("new");

    assertThat(hosts.states()).hasSize(1);
  }

  @Test
  void itIsLookedForThemOnceASecondAtMost() {
    Hosts hosts = hosts(4, 0, 100_000);
    for (int i = 0; i < 12_000; i++) {
      Host host = hosts.join("h" + i);
      fail(host, 1);
      host.leave();
    }
    pass(Duration.ofMinutes(10).minusMillis(500));
    hosts.join("just looked");

    pass(Duration.ofMillis(999));
    hosts.join("not looked");
    assertThat(hosts.states()).hasSize(12_002);
    pass(Duration.ofMillis(1));
    hosts.join("looked");
    assertThat(hosts.states()).hasSize(3);
  }

  @Test
  void aStoppedHostIsNotAskedOnAnyPortUntilItIsResumed() {
    Hosts hosts = hosts(4, 0, 100);
    Host host = hosts.join("a.example:8080");
    Host other = hosts.join("b.example:8080");

    control.stop("a.example");
    assertThat(host.ask(ME)).isEqualTo(new Admission.Stopped());
    admitted(other);

    control.resume("a.example");
    admitted(host);
  }

  @Test
  void sourcesThatBotherNobodyAreNeverInTrouble() {
    Host nobody = hosts(1, 1, 100).join("");

    for (int i = 0; i < 10; i++) {
      admitted(nobody)
          .ended(
              Optional.of(
                  new Failed(FailureReason.CONNECTION_FAILED, "?", 0, Duration.ofHours(1))));
    }

    admitted(nobody);
  }

  @Test
  void aClockThatIsSetBackDelaysNothingForLongerThanAPause() {
    Hosts hosts = hosts(4, 10, 100);
    Host dead = hosts.join("dead");
    fail(dead, 3);
    Host busy = hosts.join("busy");
    admitted(busy)
        .ended(Optional.of(new Failed(FailureReason.HTTP_STATUS, "", 429, Duration.ofMinutes(1))));

    pass(Duration.ofDays(-1));
    dead.ask(ME);
    busy.ask(ME);
    pass(Duration.ofMinutes(10));

    admitted(busy);
    admitted(dead);
  }

  private Hosts hosts(int concurrent, double perSecond, int inFlight) {
    return new Hosts(
        new HostLimits(concurrent, perSecond, BREAKER), 1000, inFlight, control, () -> now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void fail(Host host, int times) {
    for (int i = 0; i < times; i++) {
      admitted(host).ended(SILENCE);
    }
  }

  private static Optional<FetchOutcome> asking(int status, Duration wait) {
    FailureReason reason = status == 404 ? FailureReason.NOT_FOUND : FailureReason.HTTP_STATUS;
    return Optional.of(new Failed(reason, "the server answered " + status, status, wait));
  }

  private static Visit admitted(Host host) {
    return admitted(host, ME);
  }

  private static Visit admitted(Host host, Object asker) {
    Admission admission = host.ask(asker);
    assertThat(admission).isInstanceOf(Admission.Admitted.class);
    return ((Admission.Admitted) admission).visit();
  }
}
