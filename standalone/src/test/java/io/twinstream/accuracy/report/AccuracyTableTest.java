package io.twinstream.accuracy.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.accuracy.Accuracy;
import io.twinstream.accuracy.Configuration;
import io.twinstream.accuracy.Distances;
import io.twinstream.accuracy.Measured;
import io.twinstream.accuracy.Tail;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.Preset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What people get to read. */
class AccuracyTableTest {
  @Test
  void aPresetIsJudgedAtTheRadiusThatItHas() {
    List<String> lines = AccuracyTable.lines(json(measured("PDQ", Views.ALL, 128, 8)));

    int loose = Preset.LOOSE.radius("PDQ").orElseThrow();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("| 1 | loose | %d * | ".formatted(loose)))
        .anyMatch(line -> line.startsWith("| 1 | exact | 0 * | "));
    assertThat(lines)
        .contains("| mean recall | 50.0 % | 50.0 % | 50.0 % | 50.0 % | 50.0 % | 50.0 % | 50.0 % |");
  }

  @Test
  void whereAnAlgorithmHasNoSafeRadiusItSaysNone() {
    List<String> lines = AccuracyTable.lines(json(measured("AverageHash(64)", Views.ALL, 15, 4)));

    assertThat(lines)
        .anyMatch(
            line -> line.startsWith("| 1 | AverageHash(64), orientations all, views all | none |"))
        .contains("| 1 | strict | none | | | | | none |")
        .noneMatch(line -> line.contains("-1"));
  }

  @Test
  void ofPresetsNothingIsSaidWhereDistancesDoNotTell() {
    List<String> lines = AccuracyTable.lines(json(measured("PDQ", Views.ALL, 128, 0)));

    assertThat(lines)
        .contains("There are too few pairs to tell what comes of the presets.")
        .noneMatch(line -> line.contains("extrapolated"));
  }

  @Test
  void presetsAreJudgedOnlyInAllWaysToLook() {
    AccuracyJson json = json(measured("PDQ", Views.NONE, 128, 8));

    assertThat(json.configurations().getFirst().presets()).isEmpty();
  }

  private static AccuracyJson json(Measured measured) {
    return AccuracyJson.of(
        new Accuracy(300, 300, List.of(measured), List.of(), List.of(), List.of()));
  }

  /** 300 pictures, half of whose edits are found at once and half never. */
  private static Measured measured(String algorithm, Views views, double mean, double deviation) {
    int bits = algorithm.equals("PDQ") ? 256 : 64;
    SplittableRandom random = new SplittableRandom(3);
    Distances pairs = new Distances(bits);
    short[][] distances = new short[300][];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = new short[i];
      for (int j = 0; j < i; j++) {
        distances[i][j] = (short) Math.max(0, Math.round(random.nextGaussian(mean, deviation)));
        pairs.add(distances[i][j], 1);
      }
    }
    Distances edits = new Distances(bits);
    edits.add(0, 150);
    edits.add(bits + 1, 150);
    return new Measured(
        new Configuration(algorithm, Orientations.ALL, views),
        pairs,
        Tail.of(distances, bits),
        Map.of("grey", edits));
  }
}
