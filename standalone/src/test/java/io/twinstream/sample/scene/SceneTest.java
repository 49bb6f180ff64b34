package io.twinstream.sample.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void eachKindFillsAPictureOfUsualSize(Kind kind) {
    BufferedImage image = new Scene(kind, 1, 2).paint();

    assertThat(image.getWidth()).isBetween(480, 1000);
    assertThat(image.getHeight()).isBetween(480, 1000);
    assertThat(IntStream.of(pixels(image)).distinct().count()).isGreaterThan(1000);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"SEA", "PAGE"})
  void aSceneLaidOutAnewHasTheSameSizeAndOtherPixels(Kind kind) {
    Scene scene = new Scene(kind, 3, 4);
    BufferedImage one = scene.paint();
    BufferedImage other = scene.laidOutAnew().paint();

    assertThat(other.getWidth()).isEqualTo(one.getWidth());
    assertThat(other.getHeight()).isEqualTo(one.getHeight());
    assertThat(pixels(other)).isNotEqualTo(pixels(one));
    assertThat(pixels(scene.paint())).isEqualTo(pixels(one));
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
