package io.twinstream.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.EventId;
import io.twinstream.verify.EventLedger.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLedgerTest {
  private static final byte[] ONE = "default/1".getBytes(UTF_8);
  private static final byte[] TWO = "default/2".getBytes(UTF_8);

  private final EventLedger ledger = new EventLedger("image-metadata", 3, 100);

  @Test
  void tellsEventsWithoutOutcomeAndWithMoreThanOne() {
    for (int i = 0; i < 40; i++) {
      ledger.enter(100 + i, ("default/" + i).getBytes(UTF_8), Kind.EVENT, 7);
      ledger.verdict(event(100 + i));
    }
    ledger.enter(140, ONE, Kind.EVENT, 7);
    ledger.enter(141, ONE, Kind.EVENT, 7);
    ledger.enter(142, ONE, Kind.REMOVAL, 7);
    ledger.enter(143, TWO, Kind.EVENT, 7);
    ledger.deadLetter(143);
    ledger.verdict(event(105));
    ledger.deadLetter(106);

    assertThat(ledger.missing(Long.MAX_VALUE)).containsExactly(event(140), event(141));
    assertThat(ledger.missing(141)).containsExactly(event(140));
    assertThat(ledger.doubled()).isEqualTo(Map.of(event(105), 2, event(106), 2));
    assertThat(ledger.events()).isEqualTo(43);
  }

  @Test
  void complainsOfVerdictsOnWhatIsNoEventOrOfAnotherImage() {
    ledger.enter(100, ONE, Kind.EVENT, 7);
    ledger.enter(102, ONE, Kind.REMOVAL, 7);

    assertThat(ledger.complaint(event(100), ONE, false)).isEmpty();
    assertThat(ledger.complaint(event(100), TWO, false)).contains("another image");
    assertThat(ledger.complaint(event(101), ONE, false)).contains("no such event");
    assertThat(ledger.complaint(event(102), ONE, false)).contains("removal");
  }

  @Test
  void knowsWhetherSomethingNewerCame() {
    ledger.enter(100, ONE, Kind.EVENT, 7);
    ledger.enter(101, TWO, Kind.EVENT, 7);
    ledger.enter(102, ONE, Kind.REMOVAL, 7);

    assertThat(ledger.complaint(event(100), ONE, true)).isEmpty();
    assertThat(ledger.complaint(event(101), TWO, true)).contains("nothing newer");
    assertThat(ledger.isLatest(100)).isFalse();
    assertThat(ledger.isLatest(101)).isTrue();
  }

  @Test
  void knowsTheLastRecordOfAnImageAndWhetherItRemovesIt() {
    ledger.enter(100, ONE, Kind.EVENT, 7);
    ledger.enter(101, TWO, Kind.REMOVAL, 7);
    ledger.enter(102, TWO, Kind.EVENT, 7);
    ledger.enter(103, ONE, Kind.REMOVAL, 8);

    assertThat(ledger.latest(ONE)).contains(event(103));
    assertThat(ledger.latest(TWO)).contains(event(102));
    assertThat(ledger.latest("default/3".getBytes(UTF_8))).isEmpty();
    assertThat(ledger.isRemoval(event(103))).isTrue();
    assertThat(ledger.isRemoval(event(102))).isFalse();
    assertThat(ledger.time(event(103))).isEqualTo(8);
  }

  @Test
  void whatCantBeReadIsADeadLetterAndIsNothingNewer() {
    ledger.enter(100, ONE, Kind.EVENT, 7);
    ledger.enter(101, ONE, Kind.UNREADABLE, 7);

    assertThat(ledger.missing(Long.MAX_VALUE)).containsExactly(event(100), event(101));
    assertThat(ledger.isLatest(100)).isTrue();
    assertThat(ledger.complaint(event(101), ONE, false)).contains("can't be read");
    assertThat(ledger.deadLetter(101)).isTrue();
    assertThat(ledger.deadLetter(100)).isFalse();
    assertThat(ledger.missing(Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void passesOverWhatHasExpiredOrComeSince() {
    ledger.enter(100, ONE, Kind.EVENT, 7);
    ledger.verdict(event(99));
    ledger.verdict(event(101));

    assertThat(ledger.complaint(event(99), TWO, true)).isEmpty();
    assertThat(ledger.complaint(event(101), TWO, true)).isEmpty();
    assertThat(ledger.doubled()).isEmpty();
  }

  private static EventId event(long offset) {
    return new EventId("image-metadata", 3, offset);
  }
}
