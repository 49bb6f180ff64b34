package io.twinstream.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.edit.Encoding;
import io.twinstream.sample.scene.Kind;
import io.twinstream.sample.scene.Scene;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class GalleryTest {
  private final Gallery gallery = new Gallery();
  private final SampleFile sea = new Draft("sea.jpg", 0, new Scene(Kind.SEA, 1, 1)).paint();
  private final SampleFile city = new Draft("city.jpg", 1, new Scene(Kind.CITY, 1, 1)).paint();

  @Test
  void scenesApartAreTakenAndTheSameAgainIsNot() {
    assertThat(gallery.takeOriginal(sea)).isTrue();
    assertThat(gallery.takeOriginal(city)).isTrue();

    assertThat(gallery.takeOriginal(new SampleFile("again.jpg", 2, sea.bytes()))).isFalse();
  }

  @Test
  void aPictureOfNothingIsNotTaken() {
    byte[] black =
        new Encoding.Jpeg(85).encode(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB));

    assertThat(gallery.takeOriginal(new SampleFile("black.jpg", 0, black))).isFalse();
  }

  @Test
  void aCopyIsTakenIfItIsNearItsOriginal() {
    gallery.takeOriginal(sea);
    byte[] smaller = Edit.HALF_SIZE.apply(sea.bytes());

    assertThat(gallery.takeCopy(new SampleFile("copy.jpg", 0, smaller))).isTrue();
    assertThat(gallery.takeCopy(new SampleFile("copy.jpg", 0, city.bytes()))).isFalse();
  }

  @Test
  void aCopyNearAnotherSceneIsNotTaken() {
    gallery.takeOriginal(sea);
    gallery.takeOriginal(city);
    byte[] smaller = Edit.HALF_SIZE.apply(city.bytes());

    assertThat(gallery.takeCopy(new SampleFile("copy.jpg", 0, smaller))).isFalse();
  }
}
