package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.BinaryCode;
import io.twinstream.standalone.bench.IndexBench;
import io.twinstream.standalone.bench.IndexReport;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream bench index}. */
@Command(
    name = "index",
    description = {
      "Measures how fast the index in memory finds codes, against reading every code, on one"
          + " thread.",
      "Half of what is looked for is there with some bits flipped, half is not; every answer of"
          + " 200 is compared with that of reading every code, and recall must be 1."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false)
final class BenchIndexCommand implements Callable<Integer> {
  // Two of them and the index have to fit into memory and into one array.
  private static final long MAX_WORDS = 1L << 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--n",
      paramLabel = "N",
      description = "How many codes. Default: 1000000, or as many as the file has.")
  private Integer n;

  @Option(
      names = "--radius",
      paramLabel = "BITS",
      defaultValue = "31",
      description = "The largest distance that counts. Default: ${DEFAULT-VALUE}.")
  private int radius;

  @Option(
      names = "--bits",
      paramLabel = "BITS",
      defaultValue = "256",
      description = "The width of random codes. Default: ${DEFAULT-VALUE}.")
  private int bits;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How many codes are looked for at once, as the orientations of a picture are. Default:"
              + " ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--codes",
      paramLabel = "FILE",
      description =
          "Hexadecimal codes, one a line, all of one width, instead of random ones. With a larger"
              + " --n the rest are these with up to half of their bits flipped.")
  private Path codes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same codes. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", description = "Print the figures as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    List<BinaryCode> given = codes == null ? List.of() : read(codes);
    int width = given.isEmpty() ? bits : given.getFirst().bits();
    int count = n != null ? n : given.isEmpty() ? 1_000_000 : given.size();
    check(width, count);
    IndexReport report =
        given.isEmpty()
            ? IndexBench.random(count, width, radius, batch, seed, this::tell)
            : IndexBench.like(given, count, radius, batch, seed, this::tell);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(report));
    } else {
      print(report, out);
    }
    if (report.recall() < 1) {
      spec.commandLine().getErr().println("The index missed what reading every code finds.");
      return ExitCode.BROKEN;
    }
    return ExitCode.OK;
  }

  private void check(int width, int count) {
    if (width < 1 || width > BinaryCode.MAX_BITS) {
      throw new RefusedException("--bits is 1 to %d, not %d".formatted(BinaryCode.MAX_BITS, width));
    }
    if (count < 1 || (long) count * ((width + 63) / 64) > MAX_WORDS) {
      throw new RefusedException(
          "--n is 1 or more, and at most %d codes of %d bits can be measured"
              .formatted(MAX_WORDS / ((width + 63) / 64), width));
    }
    if (radius < 0 || radius > width || batch < 1 || batch > 1000) {
      throw new RefusedException(
          "--radius is 0 to the %d bits of the codes, --batch 1 to 1000".formatted(width));
    }
  }

  private static List<BinaryCode> read(Path file) {
    try {
      List<BinaryCode> codes =
          Files.readAllLines(file).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .map(line -> BinaryCode.ofHex(line, 4 * line.length()))
              .toList();
      if (codes.isEmpty()) {
        throw new RefusedException("there is no code in " + file);
      }
      if (codes.stream().anyMatch(code -> code.bits() != codes.getFirst().bits())) {
        throw new RefusedException("the codes in %s are not of one width".formatted(file));
      }
      return codes;
    } catch (IOException e) {
      throw new RefusedException("can't read %s: %s".formatted(file, e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          "%s is no list of hexadecimal codes: %s".formatted(file, e.getMessage()));
    }
  }

  private void tell(String doing) {
    spec.commandLine().getErr().println(doing + "…");
    spec.commandLine().getErr().flush();
  }

  private static void print(IndexReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d codes of %d bits, radius %d, %d at once, one thread, %s%n",
        report.n(),
        report.bits(),
        report.radius(),
        report.batch(),
        report.vectors() ? "with vectors" : "without vectors");
    out.printf(Locale.ROOT, "%-28s %,14.0f%n", "lookups/s", report.lookups());
    out.printf(Locale.ROOT, "%-28s %,14.0f%n", "reading every code, /s", report.linear());
    out.printf(Locale.ROOT, "%-28s %,14.1f%n", "ratio", report.ratio());
    out.printf(Locale.ROOT, "%-28s %14s%n", "recall", report.recall());
    out.printf(Locale.ROOT, "%-28s %,14.1f%n", "bytes a code", report.bytesPerCode());
    out.printf(Locale.ROOT, "%-28s %,14.0f%n", "inserts/s", report.inserts());
    out.printf(Locale.ROOT, "%-28s %,14.2f%n", "seconds to build at once", report.buildSeconds());
    out.printf(Locale.ROOT, "%-28s %,14.1f%n", "compared whole, a lookup", report.candidates());
    out.printf(Locale.ROOT, "%-28s %,14.1f%n", "found, a lookup of a batch", report.matches());
    out.printf(Locale.ROOT, "%-28s %s%n", "layout", report.layout());
  }
}
