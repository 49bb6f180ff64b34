package io.twinstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandoverTest {
  private static final Duration NO_TIME = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void asManyAsABatchHasAreTakenInTheirOrder() throws InterruptedException {
    Handover<Integer> handover = new Handover<>(3, 100, thing -> 1);
    for (int i = 0; i < 5; i++) {
      handover.give(i);
    }

    assertThat(handover.take(NO_TIME, NO_TIME)).containsExactly(0, 1, 2);
    assertThat(handover.take(NO_TIME, NO_TIME)).containsExactly(3, 4);
    assertThat(handover.take(NO_TIME, NO_TIME)).isEmpty();
  }

  @Test
  void whoGivesWaitsForRoomByNumberAndByWeight() throws Exception {
    assertBounded(new Handover<>(3, Long.MAX_VALUE, thing -> 1), 6);
    assertBounded(new Handover<>(1_000, 40, thing -> 10), 4);
  }

  private static void assertBounded(Handover<Integer> handover, int most) throws Exception {
    AtomicInteger given = new AtomicInteger();
    Thread giver = giveWithoutEnd(handover, given);
    await().until(() -> giver.getState() == Thread.State.WAITING);

    assertThat(given).as("given without being taken").hasValue(most);

    List<Integer> taken = new ArrayList<>();
    while (taken.size() < 3 * most) {
      taken.addAll(handover.take(NO_TIME, NO_TIME));
    }
    assertThat(taken).startsWith(IntStream.range(0, 3 * most).boxed().toArray(Integer[]::new));

    handover.close();
    assertThat(giver.join(LONG)).isTrue();
  }

  private static Thread giveWithoutEnd(Handover<Integer> handover, AtomicInteger given) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (handover.give(given.get())) {
              given.incrementAndGet();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void theLastOneIsNotLingeredFor() throws InterruptedException {
    Handover<Integer> handover = new Handover<>(100, 100, thing -> 1);
    handover.give(1);
    handover.giveLast(2);

    assertThat(handover.take(LONG, LONG)).containsExactly(1, 2);
  }

  @Test
  void anInterruptedTakerHasTakenNothing() throws InterruptedException {
    Handover<Integer> handover = new Handover<>(100, 100, thing -> 1);
    handover.give(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> handover.take(LONG, LONG)).isInstanceOf(InterruptedException.class);

    assertThat(handover.take(NO_TIME, NO_TIME)).containsExactly(1);
  }

  @Test
  void closedItHandsNothingOver() throws InterruptedException {
    Handover<Integer> handover = new Handover<>(100, 100, thing -> 1);
    handover.give(1);
    handover.close();

    assertThat(handover.take(LONG, LONG)).isEmpty();
    assertThat(handover.give(2)).isFalse();
    assertThat(handover.take(LONG, LONG)).isEmpty();
  }
}
