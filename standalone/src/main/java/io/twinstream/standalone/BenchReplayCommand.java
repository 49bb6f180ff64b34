package io.twinstream.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.schema.Fingerprint;
import io.twinstream.standalone.bench.ReplayBench;
import io.twinstream.standalone.bench.ReplayReport;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.ServiceLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream bench replay}. */
@Command(
    name = "replay",
    description = {
      "Measures replays: fingerprints the pictures of a folder, makes copies of the fingerprints"
          + " with 20 to 100 bits of each hash flipped until there are --n, writes them to the log"
          + " of an embedded broker, and replays it at each radius.",
      "A million fingerprints take some minutes and 5 GB on disk, which are given back."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false)
final class BenchReplayCommand implements Callable<Integer> {
  private static final String ALGORITHM = "PDQ";
  private static final int STEPS = 24;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "A folder of pictures.")
  private Path pictures;

  @Option(
      names = "--n",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "How many fingerprints the log has. Default: ${DEFAULT-VALUE}.")
  private int n;

  @Option(
      names = "--radius",
      paramLabel = "BITS",
      split = ",",
      defaultValue = "31",
      description = "The radii of the replays. Default: ${DEFAULT-VALUE}.")
  private List<Integer> radii = new ArrayList<>();

  @Option(
      names = "--sweep",
      description = "Then sweep over 25 radii, of which the widest is that of the last replay.")
  private boolean sweep;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same fingerprints. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private FingerprintOptions options;

  @Option(names = "--json", description = "Print the figures as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (n < 1) {
      throw new RefusedException("--n is 1 or more, not " + n);
    }
    ServiceLog.toTerminal();
    List<Fingerprint> real = fingerprints();
    Path folder = Files.createTempDirectory("twinstream-bench");
    try {
      print(
          new ReplayBench(real, n, seed, folder, this::tell)
              .run(ALGORITHM, radii, sweep ? swept() : List.of()));
    } finally {
      delete(folder);
    }
    return ExitCode.OK;
  }

  private List<Fingerprint> fingerprints() throws IOException {
    tell("Fingerprinting the pictures");
    List<Fingerprint> found = new ArrayList<>();
    try (LocalFingerprinter fingerprinter = options.fingerprinter(List.of(ALGORITHM));
        Stream<Path> files = Files.walk(pictures)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (fingerprinter.fingerprint(Files.readAllBytes(file))
            instanceof FingerprintOutcome.Done done) {
          found.add(done.fingerprint());
        }
      }
    }
    if (found.isEmpty()) {
      throw new RefusedException("%s has no pictures".formatted(pictures));
    }
    return found;
  }

  private List<Integer> swept() {
    int widest = radii.getLast();
    return IntStream.rangeClosed(0, STEPS)
        .map(step -> widest * step / STEPS)
        .distinct()
        .boxed()
        .toList();
  }

  private void tell(String doing) {
    spec.commandLine().getErr().println(doing + "…");
    spec.commandLine().getErr().flush();
  }

  private void print(ReplayReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(report));
      return;
    }
    for (ReplayReport.Run run : report.runs()) {
      out.printf(
          Locale.ROOT,
          "%,d fingerprints at radius %d: %.1f s, %,.0f a second, %,d duplicates%n",
          report.n(),
          run.radius(),
          run.seconds(),
          report.n() / run.seconds(),
          run.duplicates());
    }
    if (sweep) {
      out.printf(Locale.ROOT, "a sweep over 25 radii: %.1f s%n", report.sweep());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
