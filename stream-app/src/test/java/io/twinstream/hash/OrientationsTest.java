package io.twinstream.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.picture.GreyPicture;
import io.twinstream.schema.Orientation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OrientationsTest {
  /** A picture that is stored so, as 1 2 3 above 4 5 6, stands upright as these rows. */
  @ParameterizedTest
  @CsvSource({
    "UPRIGHT, 123 456",
    "MIRROR, 321 654",
    "TURN_180, 654 321",
    "FLIP, 456 123",
    "TRANSPOSE, 14 25 36",
    "TURN_90, 41 52 63",
    "TRANSVERSE, 63 52 41",
    "TURN_270, 36 25 14"
  })
  void pixelsAndValuesGoWhereTheOrientationSays(Orientation orientation, String rows) {
    GreyPicture picture = GreyPictures.of(3, 2, (x, y) -> 1 + x + 3 * y);

    GreyPicture upright = picture.turned(orientation);
    float[] values = orientation.apply(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);

    assertThat(upright.width()).isEqualTo(rows.indexOf(' '));
    String numbers = rows.replace(" ", "");
    for (int i = 0; i < numbers.length(); i++) {
      assertThat(upright.luma()[i]).isEqualTo((byte) (numbers.charAt(i) - '0'));
      assertThat(values[i]).isEqualTo(numbers.charAt(i) - '0');
    }
  }

  @ParameterizedTest
  @EnumSource
  void theInverseBringsAPictureBack(Orientation orientation) {
    GreyPicture picture = GreyPictures.noise(5, 7, 4);

    GreyPicture back = picture.turned(orientation).turned(orientation.inverse());

    assertThat(back.width()).isEqualTo(7);
    assertThat(back.luma()).isEqualTo(picture.luma());
  }

  @ParameterizedTest
  @EnumSource
  void waysAreDifferentAndBeginWithThePictureAsItStands(Orientations ways) {
    List<Orientation> list = ways.ways();
    Set<Orientation> different = new HashSet<>(list);

    assertThat(list.getFirst()).isEqualTo(Orientation.UPRIGHT);
    assertThat(different).hasSameSizeAs(list);
  }

  @ParameterizedTest
  @EnumSource
  void shrinkingThenTurningIsTurningThenShrinking(Orientation orientation) {
    GreyPicture picture = GreyPictures.noise(9, 143, 87);

    float[] turnedLast = new UprightPicture(picture, orientation).averaged(9, 8);
    float[] turnedFirst =
        new UprightPicture(picture.turned(orientation), Orientation.UPRIGHT).averaged(9, 8);

    assertThat(turnedLast).containsExactly(turnedFirst, Offset.offset(0.001f));
  }

  @ParameterizedTest
  @EnumSource
  void qualityIsTheSameInAllOrientations(Orientation orientation) {
    GreyPicture picture =
        GreyPictures.of(200, 120, (x, y) -> x > 60 && y > 50 && x < 130 ? 250 : 20);

    int quality = HashQuality.of(new UprightPicture(picture, orientation));

    assertThat(quality).isBetween(20, 99);
    assertThat(quality).isEqualTo(HashQuality.of(new UprightPicture(picture, Orientation.UPRIGHT)));
  }

  @Test
  void aPlainPictureHasNoQualityAndATrueCheckerboardAllOfIt() {
    GreyPicture plain = GreyPictures.of(100, 100, (x, y) -> 77);
    GreyPicture squares = GreyPictures.of(256, 256, (x, y) -> (x / 16 + y / 16) % 2 * 255);

    assertThat(HashQuality.of(new UprightPicture(plain, Orientation.UPRIGHT))).isZero();
    assertThat(HashQuality.of(new UprightPicture(squares, Orientation.UPRIGHT))).isEqualTo(100);
  }
}
