package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.match.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What docs/accuracy.md says of presets is what the code does. */
class AccuracyPageTest {
  private static final List<String> ALGORITHMS =
      List.of("PDQ", "PerceptiveHash(256)", "PerceptiveHash(64)", "DifferenceHash(64)");

  @Test
  void thePageHasTheRadiusOfEveryPresetAndHowManyImagesItIsFor() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "accuracy.md"));
    List<String> rows = new ArrayList<>();
    for (Preset preset : List.of(Preset.STRICT, Preset.BALANCED, Preset.LOOSE)) {
      for (String algorithm : ALGORITHMS) {
        rows.add(
            String.format(
                Locale.ROOT,
                "| `%s` | %s | %,d | %s |",
                preset,
                algorithm,
                preset.largest(),
                radius(preset, algorithm)));
      }
    }

    assertThat(page).contains(rows);
    assertThat(page).contains("The default is " + FingerprintSettings.DEFAULT_HASH);
  }

  private static String radius(Preset preset, String algorithm) {
    OptionalInt radius = preset.radius(algorithm);
    return radius.isPresent() ? Integer.toString(radius.getAsInt()) : "none";
  }
}
