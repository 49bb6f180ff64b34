package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodesTest {
  @Test
  void partsAreComparedWithWholesAndTrimmedOnesAmongEachOther() {
    Codes whole = codes(Map.of(View.WHOLE, code("00ff")));

    assertThat(codes(Map.of(View.WHOLE, code("ffff"), View.CENTRE_85, code("00fe"))).nearest(whole))
        .isEqualTo(new Likeness(1, Orientation.UPRIGHT, View.CENTRE_85, View.WHOLE));
    assertThat(whole.nearest(codes(Map.of(View.WHOLE, code("ffff"), View.TRIMMED, code("00fc")))))
        .isEqualTo(new Likeness(2, Orientation.UPRIGHT, View.WHOLE, View.TRIMMED));
    assertThat(
            codes(Map.of(View.WHOLE, code("ffff"), View.TRIMMED, code("0001")))
                .nearest(codes(Map.of(View.WHOLE, code("0fff"), View.TRIMMED, code("0001")))))
        .isEqualTo(new Likeness(0, Orientation.UPRIGHT, View.TRIMMED, View.TRIMMED));
    assertThat(
            codes(Map.of(View.WHOLE, code("ffff"), View.CENTRE_60, code("0001")))
                .nearest(codes(Map.of(View.WHOLE, code("0fff"), View.CENTRE_60, code("0001")))))
        .isEqualTo(new Likeness(4, Orientation.UPRIGHT, View.WHOLE, View.WHOLE));
  }

  @Test
  void theWholeIsComparedTurnedWithWholesOnlyAndUprightComesFirst() {
    Codes turned =
        new Codes(
            Map.of(View.WHOLE, code("ffff")),
            Map.of(Orientation.MIRROR, code("0003"), Orientation.TURN_90, code("0001")));

    assertThat(turned.nearest(codes(Map.of(View.WHOLE, code("0001")))))
        .isEqualTo(new Likeness(0, Orientation.TURN_90, View.WHOLE, View.WHOLE));
    assertThat(turned.nearest(codes(Map.of(View.WHOLE, code("fff0"), View.TRIMMED, code("0001")))))
        .isEqualTo(new Likeness(4, Orientation.UPRIGHT, View.WHOLE, View.WHOLE));
    assertThat(turned.nearest(codes(Map.of(View.WHOLE, code("ff01")))).orientation())
        .isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void whatIsNotLookedAtIsLeftOutButNeverTheWhole() {
    Codes all =
        new Codes(
            Map.of(View.WHOLE, code("ffff"), View.TRIMMED, code("0001")),
            Map.of(Orientation.MIRROR, code("0003"), Orientation.TURN_90, code("0001")));

    Codes some = all.only(List.of(Orientation.TURN_90), List.of());

    assertThat(some.upright()).containsOnlyKeys(View.WHOLE);
    assertThat(some.turned()).containsOnlyKeys(Orientation.TURN_90);
  }

  @Test
  void theHashOfTheWholePictureIsNoHashOfAPart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ViewedHash("PDQ", View.WHOLE, code("ffff")));
  }

  private static Codes codes(Map<View, BinaryCode> upright) {
    return new Codes(upright, Map.of());
  }

  private static BinaryCode code(String hex) {
    return BinaryCode.ofHex(hex, 16);
  }
}
