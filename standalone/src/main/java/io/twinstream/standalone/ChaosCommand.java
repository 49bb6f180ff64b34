package io.twinstream.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.chaos.Chaos;
import io.twinstream.standalone.chaos.ChaosReport;
import io.twinstream.standalone.chaos.ChaosSettings;
import io.twinstream.standalone.chaos.Sabotage;
import io.twinstream.standalone.engine.ChildProcess.Launcher;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream chaos}. */
@Command(
    name = "chaos",
    description = {
      "Proves that every event gets exactly one verdict, and the right one, whatever happens: runs"
          + " brokers and instances as processes of their own on this machine, sends them events of"
          + " images, and meanwhile kills, pauses, stops, starves and adds them. In the end it"
          + " judges every image anew, as twinstream verify does.",
      "What happens when depends on --seed alone, but for what the processes make of it. Each"
          + " kind of fault comes at least once, however short the run is."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every event has its one right verdict, and nothing is left over",
      "1:something is wrong, or is wrong on purpose (--sabotage), or it could not be run",
      "2:wrong options",
      "130, 143:stopped by Ctrl-C or SIGTERM; all processes are gone"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream chaos --minutes 10 --seed 7",
      "  twinstream chaos --minutes 2 --brokers 1 --instances 2",
      "  twinstream chaos --sabotage drop"
    })
final class ChaosCommand implements Callable<Integer> {
  private static final int IMAGES_A_MINUTE = 2_100;
  private static final int SABOTAGED_IMAGES = 300;
  private static final Duration SABOTAGED_LENGTH = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How long events come and faults happen. Default: ${DEFAULT-VALUE}, with some 50 faults.")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the events and of what happens when. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "How many events of images come. Default: 2100 a minute.")
  private Integer images;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "With 3 or more, everything is there three times, and one at a time is lost."
              + " Default: ${DEFAULT-VALUE}.")
  private int brokers;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Instances of the app that are there all the time; others come and go."
              + " Default: ${DEFAULT-VALUE}.")
  private int instances;

  @Option(
      names = "--sabotage",
      paramLabel = "HOW",
      defaultValue = "none",
      description =
          "Shows that the check can fail: a short run without faults, in which one verdict is left"
              + " out (drop), or one is altered (alter), or in which an instance that works at"
              + " least once dies between sending verdicts and committing (at-least-once).")
  private Sabotage sabotage;

  @Option(
      names = "--other-build",
      paramLabel = "DIR",
      description =
          "A folder with another version of Twinstream, built before: its instances and those of"
              + " this version take turns, as in a rolling upgrade.")
  private Path otherBuild;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Keeps all logs and state there. Otherwise they are deleted, unless something is wrong.")
  private Path keep;

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (minutes < 1 || brokers < 1 || instances < 1 || (images != null && images < 2)) {
      throw new RefusedException(
          "--minutes, --brokers and --instances are 1 or more, --images is 2 or more");
    }
    ChaosSettings settings = settings();
    Path folder = folder();
    Chaos chaos =
        new Chaos(settings, folder, this::tell, new ReadingProgress(spec.commandLine().getErr()));
    boolean done = false;
    try {
      ChaosReport report = Interruption.stopping(chaos::stop, chaos::run);
      print(report);
      done = report.isRight();
    } finally {
      if (keep == null && done) {
        delete(folder);
      } else {
        tell("Logs and state are in " + folder);
      }
    }
    return done ? ExitCode.OK : ExitCode.BROKEN;
  }

  private Path folder() throws IOException {
    if (keep == null) {
      return Files.createTempDirectory("twinstream-chaos");
    }
    Path folder = keep.toAbsolutePath().normalize();
    if (Files.exists(folder)) {
      throw new RefusedException("%s is there already; name a new folder".formatted(keep));
    }
    return Files.createDirectories(folder);
  }

  private ChaosSettings settings() {
    boolean isStormy = sabotage == Sabotage.NONE;
    int byDefault = isStormy ? IMAGES_A_MINUTE * minutes : SABOTAGED_IMAGES;
    return new ChaosSettings(
        isStormy ? Duration.ofMinutes(minutes) : SABOTAGED_LENGTH,
        seed,
        isStormy ? brokers : 1,
        isStormy ? instances : 1,
        images == null ? byDefault : images,
        sabotage,
        Main.class.getName(),
        builds());
  }

  private List<Launcher> builds() {
    List<Launcher> builds = new ArrayList<>();
    if (otherBuild != null) {
      Path launcher = otherBuild.resolve("twinstream").toAbsolutePath();
      if (!Files.isExecutable(launcher)) {
        throw new RefusedException("%s is no folder with a Twinstream".formatted(otherBuild));
      }
      builds.add(new Launcher(List.of(launcher.toString())));
    }
    builds.add(Launcher.same(Main.class.getName(), "-Xmx512m", "-XX:TieredStopAtLevel=1"));
    return builds;
  }

  /** What happens is the first part of the report. */
  private void tell(String line) {
    PrintWriter to = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    to.println(line);
    to.flush();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private void print(ChaosReport report) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(report));
      out.flush();
      return;
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "seed %d, %d brokers, %d instances, %,d s: %,d images, %,d removals, %,d unreadable%n",
        report.seed(),
        report.brokers(),
        report.instances(),
        report.seconds(),
        report.images(),
        report.removals(),
        report.unreadable());
    out.printf(Locale.ROOT, "kills: %d; %s%n", report.kills(), new TreeMap<>(report.faults()));
    if (!report.sabotage().equals(Sabotage.NONE.toString())) {
      out.printf("sabotage: %s; a check that is any good finds it%n", report.sabotage());
    }
    VerifyText.print(out, report.verified());
    out.printf("failed: %s%n", report.verified().failures());
    out.printf(
        Locale.ROOT,
        "left over: %d pending rows, %d open transactions, %d blocked partitions%n",
        report.leftovers().pending(),
        report.leftovers().transactions(),
        report.leftovers().blocked());
    out.println(report.isRight() ? "All is as it has to be." : "NOT all is as it has to be.");
    out.flush();
  }
}
