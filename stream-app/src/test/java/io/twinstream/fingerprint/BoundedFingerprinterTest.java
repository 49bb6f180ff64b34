package io.twinstream.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedFingerprinterTest {
  private static final FingerprintOutcome OUTCOME =
      new FingerprintOutcome.Refused(FailureReason.CORRUPT, "bent");

  @Test
  void aDecoderThatHangsIsGivenUpAndTheNextPictureIsDecoded() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    try (BoundedFingerprinter bounded =
        new BoundedFingerprinter(
            file -> calls.getAndIncrement() < 3 ? hang(never) : OUTCOME,
            Duration.ofMillis(100),
            2)) {

      for (int i = 0; i < 3; i++) {
        assertThat(bounded.fingerprint(new byte[0]))
            .isEqualTo(
                new FingerprintOutcome.Refused(
                    FailureReason.DECODER_TIMEOUT, "decoding took more than 100 ms"));
      }
      assertThat(bounded.fingerprint(new byte[0])).isEqualTo(OUTCOME);
    } finally {
      never.countDown();
    }
  }

  @Test
  void noMoreAreDecodedAtOnceThanWasAskedFor() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (BoundedFingerprinter bounded =
            new BoundedFingerprinter(
                file -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  assertThat(new byte[100_000]).containsOnly(0);
                  running.decrementAndGet();
                  return OUTCOME;
                },
                Duration.ofSeconds(20),
                2);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<FingerprintOutcome>> outcomes = new ArrayList<>();

      for (int i = 0; i < 300; i++) {
        outcomes.add(callers.submit(() -> bounded.fingerprint(new byte[0])));
      }

      for (Future<FingerprintOutcome> outcome : outcomes) {
        assertThat(outcome.get()).isEqualTo(OUTCOME);
      }
      assertThat(most).hasValueBetween(1, 2);
    }
  }

  @Test
  void aMistakeSaysWhatItIs() {
    try (BoundedFingerprinter bounded =
        new BoundedFingerprinter(
            file -> {
              throw new StackOverflowError("oops");
            },
            Duration.ofSeconds(20),
            1)) {

      assertThatThrownBy(() -> bounded.fingerprint(new byte[0])).hasMessageContaining("oops");
    }
  }

  /** As native decoders do: nothing interrupts it. */
  private static FingerprintOutcome hang(CountDownLatch until) {
    while (true) {
      try {
        until.await();
        return OUTCOME;
      } catch (InterruptedException e) {
        // Goes on.
      }
    }
  }
}
