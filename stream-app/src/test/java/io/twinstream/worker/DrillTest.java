package io.twinstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.schema.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What drills do is seen in {@link WorkerDeathTest}. */
class DrillTest {
  @Test
  void drillsAreReadByComma() {
    assertThat(Drill.parse("halt:0123, hang:size=7,eat-native:abcdef"))
        .containsExactly(
            new Drill(Drill.Kind.HALT, "0123"),
            new Drill(Drill.Kind.HANG, "size=7"),
            new Drill(Drill.Kind.EAT_NATIVE, "abcdef"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "halt", "halt:xyz", "halt:012", "jump:0123", "halt:size=", "halt:0123,"})
  void whatIsNoDrillIsRefusedWithTheFormOfOne(String text) {
    assertThatThrownBy(() -> Drill.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("halt, hang, eat, eat-native, a colon");
  }

  @Test
  void filesThatNoDrillIsForAreFingerprinted() throws InterruptedException {
    FingerprintOutcome outcome =
        new FingerprintOutcome.Refused(FailureReason.CORRUPT, "by the real one");
    Fingerprinter drilled = Drill.around(Drill.parse("halt:0000,halt:size=7"), file -> outcome);

    assertThat(drilled.fingerprint(new byte[6])).isEqualTo(outcome);
  }
}
