package io.twinstream.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.schema.FailureReason;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every scan of a JPEG file takes a decoder over the whole picture, and has ten bytes. */
class JpegScansTest {
  private static final int SEQUENTIAL = 0xC0;
  private static final int PROGRESSIVE = 0xC2;
  private static final byte[] SCAN = segment(0xDA, 1, 1, 0, 0, 63, 0);
  private static final byte[] ENTROPY = {1, 2, -1, 0, 3, -1, -1, 0, -1, (byte) 0xD0, 4};

  @ParameterizedTest
  @CsvSource({"7000,32,true", "7000,33,false", "7000,600,false", "700,600,true", "60,60000,true"})
  void moreScansOfALargePictureThanAnEncoderWritesAreRefused(int side, int scans, boolean read)
      throws Exception {
    byte[] file = file(PROGRESSIVE, side, 1, repeated(scans, SCAN, ENTROPY));

    if (read) {
      assertThat(PictureHeader.read(file).width()).isEqualTo(side);
    } else {
      assertRefused(file);
    }
  }

  @Test
  void noScanHidesBehindAnEndThatIsNone() {
    byte[] comment = segment(0xFE, 0xFF, 0xD9);

    assertRefused(file(PROGRESSIVE, 7000, 1, comment, repeated(100, SCAN, ENTROPY)));
  }

  @Test
  void noScanHidesBehindAMarkerThatDecodersSkip() {
    byte[] unused = {-1, 2};

    assertRefused(file(PROGRESSIVE, 7000, 1, repeated(100, unused, SCAN, ENTROPY)));
  }

  @Test
  void whatFollowsTheEndIsNoScan() throws Exception {
    byte[] end = {-1, (byte) 0xD9};
    byte[] file = file(PROGRESSIVE, 7000, 1, SCAN, ENTROPY, end, repeated(1000, SCAN));

    assertThat(PictureHeader.read(file).width()).isEqualTo(7000);
  }

  @Test
  void scansThatHaveToBePutTogetherAreHeldInMemory() throws Exception {
    byte[] all = segment(0xDA, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0);

    assertThat(PictureHeader.read(file(SEQUENTIAL, 70, 3, all)).wholeInMemory()).isFalse();
    assertThat(PictureHeader.read(file(SEQUENTIAL, 70, 3, SCAN)).wholeInMemory()).isTrue();
    assertThat(PictureHeader.read(file(SEQUENTIAL, 70, 1, SCAN)).wholeInMemory()).isFalse();
    assertThat(PictureHeader.read(file(PROGRESSIVE, 70, 3, all)).wholeInMemory()).isTrue();
  }

  private static void assertRefused(byte[] file) {
    assertThatExceptionOfType(RefusedPictureException.class)
        .isThrownBy(() -> PictureHeader.read(file))
        .withMessageContaining(" scans of 7000 × 7000 pixels")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(FailureReason.CORRUPT));
  }

  private static byte[] file(int frame, int side, int components, byte[]... parts) {
    int[] header = new int[6 + 3 * components];
    header[0] = 8;
    header[1] = side >> 8;
    header[2] = side;
    header[3] = side >> 8;
    header[4] = side;
    header[5] = components;
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(0xFF);
    file.write(0xD8);
    file.writeBytes(segment(frame, header));
    file.writeBytes(repeated(1, parts));
    return file.toByteArray();
  }

  private static byte[] segment(int marker, int... body) {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.write(0xFF);
    segment.write(marker);
    segment.write((body.length + 2) >> 8);
    segment.write(body.length + 2);
    for (int value : body) {
      segment.write(value);
    }
    return segment.toByteArray();
  }

  private static byte[] repeated(int times, byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      for (byte[] part : parts) {
        all.writeBytes(part);
      }
    }
    return all.toByteArray();
  }
}
