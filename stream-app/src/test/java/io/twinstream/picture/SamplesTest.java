package io.twinstream.picture;

import static io.twinstream.picture.DecodedPicture.Decoder.IMAGEIO;
import static io.twinstream.picture.DecodedPicture.Decoder.OPENCV;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Orientation;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same samples are the same pixels, whichever way a file takes. */
class SamplesTest {
  /** Larger than any picture here, so that none is scaled. */
  private static final int FULL = 100_000;

  private static final int UPRIGHT = 1;
  private static final int TURNED = 3;
  private static final PictureDecoder DECODER = new PictureDecoder(50_000_000);

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void inksAreMixedAlikeWhoeverDecodes(int bits) throws Exception {
    int factor = bits == 16 ? 257 : 1;
    int[] inks =
        IntStream.range(0, 1 << 16)
            .flatMap(i -> IntStream.of(i >> 8, i & 0xFF, (i >> 4) & 0xFF, i & 0xFF))
            .toArray();
    int[] samples = IntStream.of(inks).map(ink -> ink * factor).toArray();

    DecodedColours upright = decoded(TiffFile.of(256, TiffFile.INKS, 8, UPRIGHT, inks));
    DecodedColours turned = decoded(TiffFile.of(256, TiffFile.INKS, bits, TURNED, samples));

    assertThat(upright.picture().decoder()).isEqualTo(OPENCV);
    assertThat(turned.picture().decoder()).isEqualTo(IMAGEIO);
    assertThat(turned.picture().header().orientation()).isEqualTo(Orientation.TURN_180);
    assertThat(turned.colour().bgr()).isEqualTo(upright.colour().bgr());
  }

  @Test
  void aColourProfileIsNotAppliedByAnybody() throws Exception {
    int[] rgb = new Random(1).ints(3 * 64 * 64, 0, 256).toArray();
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

    byte[] plain = decoded(TiffFile.of(64, TiffFile.RGB, 8, UPRIGHT, rgb)).colour().bgr();

    for (int orientation : new int[] {UPRIGHT, TURNED}) {
      byte[] file = TiffFile.of(64, TiffFile.RGB, 8, orientation, rgb, profile);
      assertThat(decoded(file).colour().bgr()).isEqualTo(plain);
    }
  }

  private static DecodedColours decoded(byte[] file) throws RefusedPictureException {
    return DECODER.decodeColours(file, FULL, 1);
  }
}
