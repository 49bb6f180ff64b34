package io.twinstream.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.picture.GreyPicture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the definition of an area average, added up cell by cell. */
class AreaAverageTest {
  private static final Offset<Float> ROUNDING = Offset.offset(0.001f);

  @Property(tries = 100)
  void isTheMeanOfTheAreaThatEachValueCovers(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 150) int width,
      @ForAll @IntRange(min = 1, max = 150) int height,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight) {
    GreyPicture picture = GreyPictures.noise(seed, width, height);

    assertThat(AreaAverage.of(picture, newWidth, newHeight))
        .containsExactly(cellByCell(picture, newWidth, newHeight), ROUNDING);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,200", "200,3", "63,65", "64,64", "1,500", "500,1", "129,127", "2000,3"})
  void oddSizesAreNoExceptions(int width, int height) {
    GreyPicture picture = GreyPictures.noise(1, width, height);

    assertThat(AreaAverage.of(picture, 64, 64))
        .containsExactly(cellByCell(picture, 64, 64), ROUNDING);
  }

  @Test
  void aPictureOfTheSizeThatIsWantedStaysAsItIs() {
    GreyPicture picture = GreyPictures.noise(2, 40, 30);

    float[] values = AreaAverage.of(picture, 40, 30);

    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(picture.luma()[i] & 0xFF);
    }
  }

  @Test
  void anEnlargedPictureHasEachPixelInABlock() {
    GreyPicture picture = new GreyPicture(2, 1, new byte[] {10, (byte) 200});

    assertThat(AreaAverage.of(picture, 4, 2)).containsExactly(10, 10, 200, 200, 10, 10, 200, 200);
  }

  @Property(tries = 30)
  void whiteIsWhiteAndNeverWrapsAroundToBlack(
      @ForAll @IntRange(min = 1, max = 300) int width,
      @ForAll @IntRange(min = 1, max = 300) int height) {
    GreyPicture white = GreyPictures.of(width, height, (x, y) -> 255);

    for (float value : AreaAverage.of(white, 64, 64)) {
      assertThat(Math.round(value)).isEqualTo(255);
    }
  }

  private static float[] cellByCell(GreyPicture picture, int newWidth, int newHeight) {
    float[] grey = new float[newWidth * newHeight];
    double cellWidth = (double) picture.width() / newWidth;
    double cellHeight = (double) picture.height() / newHeight;
    for (int i = 0; i < grey.length; i++) {
      int row = i / newWidth;
      int column = i % newWidth;
      double sum = 0;
      for (int y = 0; y < picture.height(); y++) {
        double high = overlap(y, row * cellHeight, (row + 1) * cellHeight);
        for (int x = 0; high > 0 && x < picture.width(); x++) {
          double wide = overlap(x, column * cellWidth, (column + 1) * cellWidth);
          sum += wide > 0 ? wide * high * (picture.luma()[y * picture.width() + x] & 0xFF) : 0;
        }
      }
      grey[i] = (float) (sum / (cellWidth * cellHeight));
    }
    return grey;
  }

  /** How much of the pixel from {@code at} to {@code at + 1} lies between the two bounds. */
  private static double overlap(int at, double from, double to) {
    return Math.min(at + 1.0, to) - Math.max(at, from);
  }
}
