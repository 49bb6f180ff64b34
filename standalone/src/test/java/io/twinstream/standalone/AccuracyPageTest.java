package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.hash.HashAlgorithms;
import io.twinstream.match.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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

  @Test
  void everyPresetIsAMarginBelowTheWidestRadiusThatThePageSaysWasMeasured() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "accuracy.md"));
    Pattern row =
        Pattern.compile("\\| `(\\w+)` \\| (\\S+) \\| (\\d+)(?: \\*)? \\|.* \\| (\\d+) \\|");

    List<MatchResult> rows = row.matcher(page).results().toList();

    assertThat(rows)
        .extracting(found -> found.group(1) + found.group(2))
        .contains("strictPDQ", "loosePerceptiveHash(64)", "looseDifferenceHash(64)");
    for (MatchResult found : rows) {
      Preset preset = Preset.valueOf(found.group(1).toUpperCase(Locale.ROOT));
      int radius = Integer.parseInt(found.group(3));
      int bits = HashAlgorithms.named(found.group(2)).bits();
      int margin = preset == Preset.EXACT ? 0 : bits / 64;
      assertThat(preset.radius(found.group(2))).as(found.group()).hasValue(radius);
      assertThat(Integer.parseInt(found.group(4))).as(found.group()).isEqualTo(radius + margin);
    }
  }

  private static String radius(Preset preset, String algorithm) {
    OptionalInt radius = preset.radius(algorithm);
    return radius.isPresent() ? Integer.toString(radius.getAsInt()) : "none";
  }
}
