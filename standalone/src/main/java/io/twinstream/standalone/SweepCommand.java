package io.twinstream.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.hash.HashAlgorithms;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Preset;
import io.twinstream.replay.Sweep;
import io.twinstream.schema.Threshold;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.replay.LogRange;
import io.twinstream.standalone.replay.SweepFiles;
import io.twinstream.standalone.replay.SweepReport;
import io.twinstream.standalone.replay.Sweeping;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream sweep}. */
@Command(
    name = "sweep",
    description = {
      "Shows what each radius would make of the images that are there: how many are duplicates, in"
          + " how many groups, and how large the largest is. Draws the curve, so that a radius can"
          + " be chosen by looking: below the point where groups collapse into one another.",
      "Nothing is downloaded and no verdict is written."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the cluster does not answer, or a file can't be written",
      "2:wrong options, or images that lack the algorithm's hash",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream sweep --data twinstream-out/.data",
      "  twinstream sweep --radius 20..60 --step 2 --bootstrap kafka:9092 --json"
    })
final class SweepCommand implements Callable<Integer> {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})\\.\\.(\\d{1,4})");
  private static final int MOST = 257;

  @Spec private CommandSpec spec;

  @Option(
      names = "--radius",
      paramLabel = "FROM..TO",
      defaultValue = "0..96",
      description = "The radii, in bits. Default: ${DEFAULT-VALUE}.")
  private String radius;

  @Option(
      names = "--step",
      paramLabel = "N",
      defaultValue = "4",
      description = "Every how many bits. Default: ${DEFAULT-VALUE}.")
  private int step;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "PDQ",
      description = "The perceptual hash. Default: ${DEFAULT-VALUE}.")
  private String algorithm;

  @Mixin private WaysOptions ways;

  @Option(names = "--collection", paramLabel = "NAME", description = "Only this collection.")
  private String collection = "";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "twinstream-out",
      description = "Where sweep.svg and sweep.csv are written. Default: ${DEFAULT-VALUE}.")
  private Path output;

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Mixin private SystemOptions system;

  @Override
  public Integer call() {
    system.log();
    List<Integer> radii = radii();
    MatchSettings settings =
        new MatchSettings(
            new Threshold(algorithm, radii.getLast()), ways.orientations(), ways.views());
    CountDownLatch stop = new CountDownLatch(1);
    SweepReport report =
        system.at(bootstrap -> {
          KnownTopics known = new KnownTopics(bootstrap.get(), () -> stop.getCount() == 0);
          return Interruption.stopping(
              stop::countDown,
              () ->
                  new Sweeping(
                          known, system.topics(), new ReadingProgress(spec.commandLine().getErr()))
                      .sweep(settings, new LogRange(collection, null, null), radii));
        });
    try {
      print(report, SweepFiles.write(report, output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ExitCode.OK;
  }

  private List<Integer> radii() {
    Matcher given = RANGE.matcher(radius);
    if (!given.matches() || step < 1) {
      throw new RefusedException(
          "--radius is FROM..TO, for example 0..96, and --step 1 or more, not %s and %d"
              .formatted(radius, step));
    }
    int from = Integer.parseInt(given.group(1));
    int to = Integer.parseInt(given.group(2));
    if (from > to || to > bits() || (to - from) / step >= MOST) {
      throw new RefusedException(
          "--radius goes up, at most to the %d bits of %s, in %d steps at most, not %s"
              .formatted(bits(), algorithm, MOST - 1, radius));
    }
    List<Integer> radii = new ArrayList<>();
    for (int at = from; at < to; at += step) {
      radii.add(at);
    }
    radii.add(to);
    return radii;
  }

  private int bits() {
    try {
      return HashAlgorithms.named(algorithm).bits();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  private void print(SweepReport report, List<Path> files) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(report));
      out.flush();
      return;
    }
    out.printf(Locale.ROOT, "%,d images, %s%n", report.images(), report.algorithm());
    out.printf("%8s %12s %10s %14s%n", "radius", "duplicates", "groups", "largest group");
    for (Sweep.Point point : report.points()) {
      out.printf(
          Locale.ROOT,
          "%8d %,12d %,10d %,14d%n",
          point.radius(),
          point.duplicates(),
          point.groups(),
          point.largest());
    }
    out.println(
        report
            .collapse()
            .map(radius ->
                "From radius %d on groups collapse into one another; choose one below."
                    .formatted(radius))
            .orElse("Groups do not collapse into one another at any of these."));
    presets()
        .ifPresent(
            text -> out.println("Presets, by how many false matches are to be expected: " + text));
    files.forEach(file -> out.println("Written: " + file));
    out.flush();
  }

  private Optional<String> presets() {
    String text =
        Stream.of(Preset.values())
            .filter(preset -> preset.radius(algorithm).isPresent())
            .map(preset -> "%s %d".formatted(preset, preset.radius(algorithm).getAsInt()))
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
