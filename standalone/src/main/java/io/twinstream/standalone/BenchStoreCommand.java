package io.twinstream.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.bench.StoreBench;
import io.twinstream.standalone.bench.StoreReport;
import io.twinstream.standalone.bench.StoreReport.Restart;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.ServiceLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream bench store}. */
@Command(
    name = "store",
    description = {
      "Measures matching through Kafka and RocksDB: files random fingerprints through an instance"
          + " of the topology, exactly once, on an embedded broker, and then so many more.",
      "Then kills the instance and starts it again, stops it and starts it again, deletes its state"
          + " and starts it again; each time it must give the same answers to the same lookups."
          + " Last, kills one of two instances, with a standby and without, until the other one has"
          + " taken over.",
      "A million fingerprints take some minutes and 2 GB on disk, which are given back."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and all answers were the same",
      "1:some were not, or it could not be measured",
      "2:wrong options"
    })
final class BenchStoreCommand implements Callable<Integer> {
  // All codes are kept to be looked up.
  private static final int MAX_N = 50_000_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many fingerprints are stored. Default: ${DEFAULT-VALUE}.")
  private int n;

  @Option(
      names = "--radius",
      paramLabel = "BITS",
      defaultValue = "31",
      description = "The largest distance that counts. Default: ${DEFAULT-VALUE}.")
  private int radius;

  @Option(
      names = "--lookups",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many lookups are compared. Default: ${DEFAULT-VALUE}.")
  private int lookups;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same fingerprints. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", description = "Print the figures as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (n < 1 || n > MAX_N || lookups < 0 || radius < 0 || radius > StoreBench.BITS) {
      throw new RefusedException(
          "--n is 1 to %d, --radius 0 to %d, --lookups 0 or more"
              .formatted(MAX_N, StoreBench.BITS));
    }
    ServiceLog.toTerminal();
    Path folder = Files.createTempDirectory("twinstream-bench");
    StoreReport report;
    try {
      report =
          new StoreBench(n, radius, lookups, seed, Main.class.getName(), folder, this::tell).run();
    } finally {
      delete(folder);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(report));
    } else {
      print(report, out);
    }
    return report.identical() == report.lookups() ? ExitCode.OK : ExitCode.BROKEN;
  }

  private void tell(String doing) {
    spec.commandLine().getErr().println(doing + "…");
    spec.commandLine().getErr().flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void print(StoreReport report, PrintWriter out) {
    out.printf(Locale.ROOT, "%,d fingerprints, radius %d%n", report.n(), report.radius());
    out.printf(Locale.ROOT, "%-36s %,10.0f%n", "filed while it grew, /s", report.fill());
    out.printf(Locale.ROOT, "%-36s %,10.0f%n", "judged and filed at that size, /s", report.rate());
    print("killed", report.killed(), out);
    print("stopped", report.stopped(), out);
    print("without its state", report.lost(), out);
    print("one of two killed and started again", report.rejoined(), out);
    print("one of two killed, taken over", report.takenOver(), out);
    print("the same without a standby", report.takenOverAlone(), out);
    out.printf(
        Locale.ROOT,
        "%,d of %,d lookups answered the same each time; they found %.2f images on average%n",
        report.identical(),
        report.lookups(),
        report.matches());
  }

  private static void print(String how, double seconds, PrintWriter out) {
    out.printf(Locale.ROOT, "%-36s %10.1f s until it answers%n", how, seconds);
  }

  private static void print(String how, Restart restart, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%-36s %10.1f s until it answers, %.2f s of them to build the index%n",
        how,
        restart.ready(),
        restart.build());
  }
}
