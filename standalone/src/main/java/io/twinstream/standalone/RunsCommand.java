package io.twinstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.replay.Runs;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream runs}. */
@Command(
    name = "runs",
    description = "Lists replays, and deletes them.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "[COMMAND]",
    sortOptions = false,
    subcommands = RunsCommand.Delete.class,
    footer = {
      "",
      "Examples:",
      "  twinstream runs --data twinstream-out/.data",
      "  twinstream runs delete tight --bootstrap kafka:9092"
    })
final class RunsCommand implements Callable<Integer> {
  private static final EventCodec<ReplayRun> RUN = EventCodec.json(ReplayRun.class);

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print each run as a line of JSON.")
  private boolean json;

  @Mixin private SystemOptions system;

  @Override
  public Integer call() {
    system.log();
    return system.at(bootstrap -> {
      try (Runs runs = new Runs(new KnownTopics(bootstrap.get(), () -> false), system.topics())) {
        print(runs.all());
      }
      return ExitCode.OK;
    });
  }

  private void print(List<ReplayRun> runs) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      runs.forEach(run -> out.println(new String(RUN.write(run), UTF_8)));
    } else if (runs.isEmpty()) {
      out.println("There are no replays.");
    } else {
      runs.forEach(run -> out.println(text(run)));
    }
    out.flush();
  }

  private static String text(ReplayRun run) {
    String what =
        "%s: %s at radius %d%s, begun %s"
            .formatted(
                run.run(),
                run.threshold().algorithm(),
                run.threshold().radius(),
                limits(run),
                run.startedAt().truncatedTo(ChronoUnit.SECONDS));
    if (!run.isFinished()) {
      return what + ", not done";
    }
    return what
        + String.format(
            Locale.ROOT,
            ", %.1f s: %,d images, %,d unique, %,d duplicates, largest group %,d",
            Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1e3,
            run.unique() + run.duplicates(),
            run.unique(),
            run.duplicates(),
            run.largestGroup());
  }

  /** What it does not look at. */
  private static String limits(ReplayRun run) {
    StringBuilder limits = new StringBuilder();
    if (!run.orientations().equals("all")) {
      limits.append(", orientations ").append(run.orientations());
    }
    if (!run.views().equals("all")) {
      limits.append(", views ").append(run.views());
    }
    if (!run.collection().isEmpty()) {
      limits.append(", collection ").append(run.collection());
    }
    if (run.from() != null) {
      limits.append(", from ").append(run.from());
    }
    return run.until() == null
        ? limits.toString()
        : limits.append(", until ").append(run.until()).toString();
  }

  /** {@code twinstream runs delete}. */
  @Command(
      name = "delete",
      description = "Deletes a replay: its verdicts, how far it is, and its name.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      sortOptions = false)
  static final class Delete implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The run.")
    private String run;

    @Mixin private SystemOptions system;

    @Override
    public Integer call() {
      system.log();
      return system.at(bootstrap -> {
        try (Runs runs = new Runs(new KnownTopics(bootstrap.get(), () -> false), system.topics())) {
          runs.delete(run);
        }
        spec.commandLine().getOut().printf("Run %s is deleted.%n", run);
        return ExitCode.OK;
      });
    }
  }
}
