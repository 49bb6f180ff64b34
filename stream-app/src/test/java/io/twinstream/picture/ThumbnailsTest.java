package io.twinstream.picture;

import static io.twinstream.picture.Difference.mean;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Thumbnail;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailsTest {
  private static final PictureDecoder DECODER = new PictureDecoder(50_000_000);

  @ParameterizedTest
  @CsvSource({
    "640, 480, 320, 240",
    "333, 500, 213, 320",
    "1921, 1081, 320, 180",
    "320, 320, 320, 320",
    "100, 50, 100, 50",
    "1, 1, 1, 1",
    "5000, 3, 320, 1",
    "3, 5000, 1, 320"
  })
  void theLongerSideHasSoManyPixelsAndASmallPictureItsOwn(
      int width, int height, int smallWidth, int smallHeight) throws Exception {
    ColourPicture small = thumbnail(PictureFile.of(Painting.scene(1, width, height), "png"));

    assertThat(small.width()).isEqualTo(smallWidth);
    assertThat(small.height()).isEqualTo(smallHeight);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void itStandsUprightWithItsOwnColours(int orientation) throws Exception {
    byte[] plain = PictureFile.of(Painting.scene(2, 480, 360), "jpeg");
    byte[] exif = PictureFile.exif(orientation, ByteOrder.BIG_ENDIAN);

    ColourPicture small = thumbnail(PictureFile.jpegWithExif(plain, exif));

    DecodedColours decoded =
        DECODER.decodeColours(PictureFile.jpegWithExif(plain, exif), 10_000, 1);
    ColourPicture upright = decoded.colour().turned(decoded.picture().header().orientation());
    assertThat(small.width() > small.height()).isEqualTo(upright.width() > upright.height());
    assertThat(furthestOfMeans(small, upright)).isLessThan(4);
  }

  @Test
  void whatIsTransparentIsWhite() throws Exception {
    BufferedImage clear = new BufferedImage(400, 300, BufferedImage.TYPE_4BYTE_ABGR);

    ColourPicture small = thumbnail(PictureFile.of(clear, "png"));

    assertThat(small.bgr()).containsOnly((byte) 255);
  }

  @Test
  void aPictureInGreyHasAGreyOne() throws Exception {
    byte[] file = PictureFile.of(Painting.grey(Painting.scene(3, 320, 200)), "png");

    ColourPicture small = thumbnail(file);

    assertThat(mean(small.toGrey(), DECODER.decode(file, 10_000).grey())).isLessThan(3);
  }

  @Test
  void ofPureNoiseItHasNoMoreBytesThanItMayHave() throws Exception {
    BufferedImage noise = new BufferedImage(320, 320, BufferedImage.TYPE_3BYTE_BGR);
    new Random(1).nextBytes(((DataBufferByte) noise.getRaster().getDataBuffer()).getData());

    Thumbnail thumbnail = made(PictureFile.of(noise, "png"));

    assertThat(thumbnail.toBytes().length).isBetween(20_000, Thumbnail.MAX_BYTES);
  }

  /** In blocks of a quarter of each side: the furthest that their mean colours are apart. */
  private static double furthestOfMeans(ColourPicture one, ColourPicture other) {
    byte[] few = Thumbnails.shrunk(one, 4, 4).bgr();
    byte[] many = Thumbnails.shrunk(other, 4, 4).bgr();
    double furthest = 0;
    for (int i = 0; i < few.length; i++) {
      furthest = Math.max(furthest, Math.abs((few[i] & 0xFF) - (many[i] & 0xFF)));
    }
    return furthest;
  }

  private static Thumbnail made(byte[] file) throws RefusedPictureException {
    return Thumbnails.of(DECODER.decodeColours(file, 1, Thumbnail.SIDE));
  }

  private static ColourPicture thumbnail(byte[] file) throws RefusedPictureException {
    byte[] jpeg = made(file).toBytes();
    assertThat(PictureHeader.read(jpeg).format().toString()).isEqualTo("jpeg");
    return DECODER.decodeColours(jpeg, 10_000, 1).colour();
  }
}
