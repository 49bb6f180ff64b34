package io.twinstream.standalone;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.Preset;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Likeness;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.standalone.engine.RefusedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "compare",
    description = {
      "Says how alike two pictures are, and what a scan would say of them.",
      "Prints distances under several algorithms: as the pictures stand, and at best when the"
          + " first is turned or mirrored or when parts are compared.",
      "If one of them can't be read, the exit code is 3."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  private static final List<String> HASHES =
      List.of(
          FingerprintSettings.DEFAULT_HASH,
          "PerceptiveHash(256)",
          "PerceptiveHash(64)",
          "DifferenceHash(64)",
          "AverageHash(64)",
          "MedianHash(64)",
          "WaveletHash(64,3)",
          "RotPHash(64)");

  @Parameters(index = "0", paramLabel = "A", description = "A picture.")
  private Path first;

  @Parameters(index = "1", paramLabel = "B", description = "Another.")
  private Path second;

  @Option(
      names = "--radius",
      paramLabel = "N",
      description =
          "The largest distance at which they count as alike, in bits of 256. Default: what each"
              + " preset says.")
  private Integer radius;

  @Mixin private PixelLimitOption limit;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (radius != null && (radius < 0 || radius > FingerprintSettings.DEFAULT_BITS)) {
      throw new RefusedException(
          "--radius is 0 to %s bits, not %s".formatted(FingerprintSettings.DEFAULT_BITS, radius));
    }
    LocalFingerprinter fingerprinter =
        new LocalFingerprinter(
            new FingerprintSettings(
                limit.pixels(), HASHES, Orientations.ALL, Views.ALL, true, true, false));
    FingerprintOutcome outcome = fingerprint(fingerprinter, first);
    FingerprintOutcome otherOutcome = fingerprint(fingerprinter, second);
    if (outcome instanceof FingerprintOutcome.Done(var one, _)
        && otherOutcome instanceof FingerprintOutcome.Done(var other, _)) {
      print(one, other);
      return ExitCode.OK;
    }
    complain(first, outcome);
    complain(second, otherOutcome);
    return ExitCode.WITH_FAILURES;
  }

  private static FingerprintOutcome fingerprint(LocalFingerprinter fingerprinter, Path file) {
    return NamedPictures.explained(fingerprinter, file).outcome();
  }

  private void complain(Path file, FingerprintOutcome outcome) {
    if (outcome instanceof FingerprintOutcome.Refused(var reason, String detail)) {
      spec.commandLine().getErr().printf("%s: %s, %s%n", file, reason, detail);
    }
  }

  private void print(Fingerprint one, Fingerprint other) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT, "%-20s %5s %9s %11s  %s%n", "", "bits", "distance", "similarity", "at best");
    for (PerceptualHash hash : one.hashes()) {
      out.println(line(hash, one, other));
    }
    out.printf(
        Locale.ROOT,
        "colour correlation %.3f, quality scores %d and %d%n",
        one.measures().colours().correlation(other.measures().colours()),
        one.measures().score().total(),
        other.measures().score().total());
    verdict(one, other).forEach(out::println);
  }

  private static String line(PerceptualHash hash, Fingerprint one, Fingerprint other) {
    BinaryCode code = other.hash(hash.algorithm()).orElseThrow();
    int distance = hash.code().distance(code);
    Likeness best = nearest(one, other, hash.algorithm());
    return String.format(
        Locale.ROOT,
        "%-20s %5d %9d %11.3f  %s",
        hash.algorithm(),
        code.bits(),
        distance,
        1 - (double) distance / code.bits(),
        best.distance() == distance
            ? "as it stands"
            : "%s, %s".formatted(best.distance(), way(best)));
  }

  private static Likeness nearest(Fingerprint one, Fingerprint other, String algorithm) {
    return one.codes(algorithm).orElseThrow().nearest(other.codes(algorithm).orElseThrow());
  }

  private static String way(Likeness likeness) {
    return likeness.orientation() == Orientation.UPRIGHT
        ? "%s in %s".formatted(likeness.view(), likeness.matchedView())
        : likeness.orientation().toString();
  }

  private List<String> verdict(Fingerprint one, Fingerprint other) {
    if (one.sha256().equals(other.sha256())) {
      return List.of("an exact match: the bytes are equal");
    }
    if (one.pixelsSha256().equals(other.pixelsSha256())) {
      return List.of("an exact match with --pixel-digest: the pixels are equal");
    } else if (one.isFeatureless() || other.isFeatureless()) {
      return List.of("not alike: a picture with so little in it matches only its equal");
    }
    int distance = nearest(one, other, FingerprintSettings.DEFAULT_HASH).distance();
    if (radius != null) {
      return List.of(verdict("", radius, distance));
    }
    return Arrays.stream(Preset.values())
        .map(preset ->
            verdict(
                "preset " + preset + ": ",
                preset.radius(FingerprintSettings.DEFAULT_HASH).orElseThrow(),
                distance))
        .toList();
  }

  private static String verdict(String preset, int reach, int distance) {
    return String.format(
        Locale.ROOT,
        "%s%s at radius %d (%s is %d bits away)",
        preset,
        distance <= reach ? "alike" : "not alike",
        reach,
        FingerprintSettings.DEFAULT_HASH,
        distance);
  }
}
