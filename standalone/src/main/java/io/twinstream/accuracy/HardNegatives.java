package io.twinstream.accuracy;

import io.twinstream.accuracy.Configuration.Looked;
import io.twinstream.match.Preset;
import io.twinstream.schema.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Pictures that look alike and are not the same: how many pairs of them are taken for duplicates.
 * Every one of them is wrong, so that photographs of all sorts tell nothing of them.
 */
public final class HardNegatives {
  private HardNegatives() {}

  /**
   * What one algorithm says of one kind, with all orientations and parts.
   *
   * @param kind the name of its folder
   * @param nearest the least distance of two, in bits
   * @param within how many pairs are within the radius of each preset that the algorithm has
   */
  public record OfKind(
      String kind,
      String algorithm,
      int pictures,
      long pairs,
      int nearest,
      Map<String, Long> within) {}

  /**
   * All kinds.
   *
   * @param problems files and kinds that could not be used, a line each
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
   * @throws IOException if a folder can't be read
   * @throws IllegalArgumentException if there is nothing to compare
   */
  public static Report measure(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("there is no folder " + folder);
    }
    List<Configuration> configurations =
        Configuration.SHIPPED.stream()
            .filter(Configuration::isComplete)
            .filter(one -> Preset.LOOSE.radius(one.algorithm()).isPresent())
            .toList();
    PictureFiles files = new PictureFiles(configurations);
    List<OfKind> kinds = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path kind : folders(folder)) {
      String name = kind.getFileName().toString();
      List<Fingerprint> pictures = new ArrayList<>();
      for (Path file : PictureFiles.in(kind)) {
        files
            .content(folder, file)
            .flatMap(content -> files.fingerprint(folder, file, content))
            .ifPresent(pictures::add);
      }
      if (pictures.size() > 1) {
        configurations.forEach(one -> kinds.add(measured(name, one, pictures)));
      } else {
        problems.add("%s: at least two pictures are needed for a pair".formatted(name));
      }
    }
    problems.addAll(files.problems());
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no folder with at least two pictures; each kind of look-alikes needs one"
              .formatted(folder));
    }
    return new Report(kinds, problems);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .filter(kind -> !kind.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
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
        configuration.algorithm(),
        pictures.size(),
        distances.total(),
        distances.widest(0) + 1,
        within);
  }

  /** The report for people. */
  public static List<String> lines(Report report) {
    List<String> lines = new ArrayList<>();
    report.problems().forEach(problem -> lines.add("Can't be used: " + problem));
    lines.add("| kind | algorithm | pairs | nearest | exact | strict | balanced | loose |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (OfKind one : report.kinds()) {
      StringBuilder line = new StringBuilder();
      line.append(
          "| %s | %s | %s | %s |"
              .formatted(one.kind(), one.algorithm(), one.pairs(), one.nearest()));
      for (Preset preset : Preset.values()) {
        Long within = one.within().get(preset.toString());
        line.append(within == null ? " no radius |" : " %s |".formatted(within));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
