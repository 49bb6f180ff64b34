package io.twinstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Thumbnail;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeCodecTest {
  private static final FingerprintOutcome DONE =
      new FingerprintOutcome.Done(
          new Fingerprint(
              "ab".repeat(32),
              Long.MAX_VALUE,
              "webp",
              7,
              Integer.MAX_VALUE,
              100,
              List.of(new PerceptualHash("Some(72)", BinaryCode.ofHex("0123456789abcdef01", 72)))),
          Thumbnail.of(new byte[] {-1, -40, 0, 7}));

  @Test
  void whatIsWrittenIsRead() throws IOException {
    FingerprintOutcome refused =
        new FingerprintOutcome.Refused(FailureReason.CORRUPT, "bent: ü 😀 \u0000");
    FingerprintOutcome plain =
        new FingerprintOutcome.Done(((FingerprintOutcome.Done) DONE).fingerprint());

    assertThat(OutcomeCodec.read(OutcomeCodec.write(plain))).isEqualTo(plain);
    assertThat(OutcomeCodec.read(OutcomeCodec.write(DONE))).isEqualTo(DONE);
    assertThat(OutcomeCodec.read(OutcomeCodec.write(refused))).isEqualTo(refused);
  }

  @Test
  void aDetailWithoutEndIsCut() throws IOException {
    FingerprintOutcome refused =
        new FingerprintOutcome.Refused(FailureReason.CORRUPT, "€".repeat(100_000));

    assertThat(OutcomeCodec.read(OutcomeCodec.write(refused)))
        .isEqualTo(new FingerprintOutcome.Refused(FailureReason.CORRUPT, "€".repeat(2_000)));
  }

  @Test
  void whatIsCutOrBentIsNoOutcome() {
    byte[] bytes = OutcomeCodec.write(DONE);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> OutcomeCodec.read(cut)).isInstanceOf(BrokenFrameException.class);
    }
    for (int tag = 3; tag < 256; tag++) {
      bytes[0] = (byte) tag;
      assertThatThrownBy(() -> OutcomeCodec.read(bytes)).hasMessageContaining("tag");
    }
  }
}
