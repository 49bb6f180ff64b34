package io.twinstream.sample.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrokeFontTest {
  @Test
  void everyLetterAndDigitLeavesAMarkWithinItsHeight() {
    for (char letter : "abcdefghijklmnopqrstuvwxyz0123456789".toCharArray()) {
      var bounds = StrokeFont.write(String.valueOf(letter), 10, 20, 8).getBounds2D();

      assertThat(bounds.getHeight()).as("%s", letter).isGreaterThan(0);
      assertThat(bounds.getMinX()).isBetween(10.0, 18.0);
      assertThat(bounds.getMinY()).isGreaterThanOrEqualTo(20);
      assertThat(bounds.getMaxY()).isLessThanOrEqualTo(28);
    }
  }

  @Test
  void aBlankLeavesRoom() {
    var text = StrokeFont.write("L L", 0, 0, 4).getBounds2D();

    assertThat(text.getMaxX()).isEqualTo(2 * 3 + 2);
  }
}
