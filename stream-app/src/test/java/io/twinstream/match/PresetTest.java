package io.twinstream.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinstream.hash.HashAlgorithms;
import io.twinstream.match.MatchChoice.Reach;
import io.twinstream.schema.Threshold;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {
  @ParameterizedTest
  @ValueSource(strings = {"PDQ", "PerceptiveHash(256)", "PerceptiveHash(64)"})
  void presetsGrowWiderAsCollectionsAreSmaller(String algorithm) {
    List<Integer> radii =
        List.of(Preset.EXACT, Preset.STRICT, Preset.BALANCED, Preset.LOOSE).stream()
            .map(preset -> preset.radius(algorithm).orElseThrow())
            .toList();

    assertThat(radii).isSorted().doesNotHaveDuplicates().first().isEqualTo(0);
    assertThat(radii.getLast()).isLessThan(HashAlgorithms.named(algorithm).bits() / 2);
  }

  @ParameterizedTest
  @CsvSource({
    "0, LOOSE",
    "2500, LOOSE",
    "2501, BALANCED",
    "100000, BALANCED",
    "100001, STRICT",
    "50000000, STRICT"
  })
  void theWidestThatIsSafeIsChosenBySize(long images, Preset preset) {
    assertThat(Preset.forImages(images)).isEqualTo(preset);
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void aPresetIsKnownAgainByItsThreshold(Preset preset) {
    Threshold threshold = new Threshold("PDQ", preset.radius("PDQ").orElseThrow());

    assertThat(Preset.of(threshold)).contains(preset);
    assertThat(Preset.of(new Threshold("PDQ", threshold.radius() + 1))).isEmpty();
  }

  @Test
  void aCollectionOutgrowsItWithTheFirstImageTooMany() {
    assertThat(Preset.BALANCED.isOutgrownBy(100_000)).isFalse();
    assertThat(Preset.BALANCED.isOutgrownBy(100_001)).isTrue();
    assertThat(Preset.EXACT.isOutgrownBy(1_000_000_000)).isFalse();
  }

  @Test
  void whatNobodyMeasuredHasNoPresetButExact() {
    assertThat(Preset.LOOSE.radius("RotPHash(64)")).isEmpty();
    assertThat(Preset.EXACT.radius("RotPHash(64)")).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void aChoiceBecomesAThresholdOnceItIsKnownHowManyImagesThereAre() {
    MatchChoice custom = new MatchChoice("DifferenceHash(64)", new Reach.Bits(5));
    MatchChoice strict = new MatchChoice("PerceptiveHash(256)", new Reach.Of(Preset.STRICT));

    assertThat(MatchChoice.ANY.threshold("PDQ", 100))
        .isEqualTo(new Threshold("PDQ", Preset.LOOSE.radius("PDQ").orElseThrow()));
    assertThat(MatchChoice.ANY.threshold("PDQ", 1_000_000))
        .isEqualTo(new Threshold("PDQ", Preset.STRICT.radius("PDQ").orElseThrow()));
    assertThat(custom.threshold("PDQ", 1)).isEqualTo(new Threshold("DifferenceHash(64)", 5));
    assertThat(strict.threshold("PDQ", 1).algorithm()).isEqualTo("PerceptiveHash(256)");
  }

  @Test
  void whatCannotBeMatchedByIsRefusedWithWhatToDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatchChoice("PDQ", new Reach.Bits(257)).threshold("PDQ", 1))
        .withMessage("--radius is 0 to 256 bits, not 257");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatchChoice("Nonsense(8)", new Reach.BySize()).threshold("PDQ", 1))
        .withMessageContaining("no hash algorithm");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MatchChoice("RotPHash(64)", new Reach.BySize()).threshold("PDQ", 1))
        .withMessageContaining("no radius of RotPHash(64) is known to be safe")
        .withMessageContaining("--radius");
  }
}
