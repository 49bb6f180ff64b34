package io.twinstream.accuracy;

import io.twinstream.accuracy.Configuration.Looked;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.match.Preset;
import io.twinstream.schema.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pictures that look alike and are not the same: how many pairs of them are taken for duplicates.
 * Every one of them is wrong, so that photographs of all sorts tell nothing of them.
 */
public final class HardNegatives {
  private HardNegatives() {}

  /**
   * What one configuration says of one kind.
   *
   * @param kind the name of its folder
   * @param nearest the least distance of two, in bits
   * @param within how many pairs are within the radius of each preset
   */
  public record OfKind(
      String kind,
      String configuration,
      int pictures,
      long pairs,
      int nearest,
      Map<String, Long> within) {}

  /**
   * All kinds.
   *
   * @param problems files that could not be used, a line each
   */
  public record Report(List<OfKind> kinds, List<String> problems) {}

  /**
   * Paints some of each kind into folders of their own.
   *
   * @throws IOException if they can't be written
   */
  public static void paint(Path folder) throws IOException {
    for (LookAlikes kind : LookAlikes.values()) {
      Path made = Files.createDirectories(folder.resolve(kind.slug()));
      for (int number = 0; number < LookAlikes.OF_EACH; number++) {
        Files.write(made.resolve("%02d.jpg".formatted(number)), kind.paint(number));
      }
    }
  }

  /**
   * Measures a folder with one folder for each kind.
   *
   * @throws IOException if it can't be read
   * @throws IllegalArgumentException if there is nothing to compare
   */
  public static Report measure(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder " + folder);
    }
    List<Configuration> configurations =
        Configuration.SHIPPED.stream()
            .filter(one -> Preset.STRICT.radius(one.algorithm()).isPresent())
            .toList();
    LocalFingerprinter fingerprinter =
        new LocalFingerprinter(
            new FingerprintSettings(
                FingerprintSettings.DEFAULT.maxPixels(),
                configurations.stream().map(Configuration::algorithm).distinct().toList(),
                Configuration.DEFAULT.orientations(),
                Configuration.DEFAULT.views(),
                false,
                false,
                false));
    List<OfKind> kinds = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path kind : list(folder)) {
      if (!Files.isDirectory(kind)) {
        continue;
      }
      List<Fingerprint> pictures = new ArrayList<>();
      for (Path file : list(kind)) {
        switch (fingerprinter.fingerprint(Files.readAllBytes(file))) {
          case FingerprintOutcome.Done(Fingerprint fingerprint, _) -> pictures.add(fingerprint);
          case FingerprintOutcome.Refused(var reason, String detail) ->
              problems.add("%s: %s, %s".formatted(folder.relativize(file), reason, detail));
        }
      }
      if (pictures.size() > 1) {
        String name = kind.getFileName().toString();
        configurations.forEach(one -> kinds.add(measured(name, one, pictures)));
      }
    }
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no folder with at least two pictures; each kind of look-alikes needs one"
              .formatted(folder));
    }
    return new Report(kinds, problems);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static OfKind measured(
      String kind, Configuration configuration, List<Fingerprint> pictures) {
    List<Looked> looks = pictures.stream().map(configuration::of).toList();
    Distances distances = new Distances(looks.getFirst().bits());
    for (int later = 0; later < looks.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        distances.add(looks.get(later).distanceTo(looks.get(earlier)), 1);
      }
    }
    Map<String, Long> within = new LinkedHashMap<>();
    for (Preset preset : Preset.values()) {
      preset
          .radius(configuration.algorithm())
          .ifPresent(radius -> within.put(preset.toString(), distances.within(radius)));
    }
    return new OfKind(
        kind,
        configuration.name(),
        pictures.size(),
        distances.total(),
        distances.widest(0) + 1,
        within);
  }

  /** The report for people. */
  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    report.problems().forEach(problem -> lines.add("Can't be used: " + problem));
    lines.add("| kind | configuration | pairs | nearest | exact | strict | balanced | loose |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (OfKind one : report.kinds()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %d | %d | %d | %d | %d |",
              one.kind(),
              one.configuration(),
              one.pairs(),
              one.nearest(),
              one.within().get("exact"),
              one.within().get("strict"),
              one.within().get("balanced"),
              one.within().get("loose")));
    }
    return lines;
  }
}
