package io.twinstream.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class RetouchTest {
  @Test
  void aCropKeepsWhatLiesBetweenItsMargins() {
    BufferedImage image = new BufferedImage(100, 50, BufferedImage.TYPE_INT_RGB);
    image.setRGB(10, 10, 0x123456);
    image.setRGB(69, 44, 0x654321);

    BufferedImage cropped = Retouch.crop(0.1, 0.2, 0.3, 0.1).apply(image);

    assertThat(cropped.getWidth()).isEqualTo(60);
    assertThat(cropped.getHeight()).isEqualTo(35);
    assertThat(cropped.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x123456);
    assertThat(cropped.getRGB(59, 34) & 0xFFFFFF).isEqualTo(0x654321);
  }
}
