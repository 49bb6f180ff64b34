package io.twinstream.standalone;

import io.twinstream.match.MatchSettings;
import io.twinstream.schema.ReplayRun;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.replay.Replay;
import io.twinstream.standalone.replay.ReplayRequest;
import io.twinstream.standalone.replay.Runs;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream replay}. */
@Command(
    name = "replay",
    description = {
      "Judges all images anew with another radius or algorithm, from their fingerprints: nothing is"
          + " downloaded, and the running app is not touched. The verdicts are written to topics of"
          + " the run's own: NAME.unique and NAME.duplicate-found.",
      "An image that was removed or replaced has no part in it. Only the last fingerprint of each"
          + " image counts, up to where the log ends when the replay begins."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the cluster does not answer; the same command goes on",
      "2:wrong options, a name that is in use, or images that lack the algorithm's hash",
      "130, 143:stopped by Ctrl-C or SIGTERM; the same command goes on"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream replay --data twinstream-out/.data --run tight --radius 31",
      "  twinstream replay --run loose --preset loose --bootstrap kafka:9092 --rate 2000",
      "  twinstream diff live tight"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final double ONE_GROUP = 0.5;
  private static final int FEW = 10;

  @Spec private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      required = true,
      description = "What it is called from now on.")
  private String run;

  @Mixin private MatchOptions match;
  @Mixin private WaysOptions ways;
  @Mixin private RangeOptions range;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Judge at most so many images a second. Default: as many as can be.")
  private int rate;

  @Mixin private SystemOptions system;

  @Override
  public Integer call() {
    system.log();
    if (!match.isGiven()) {
      throw new RefusedException("name a --radius or a --preset, and --algorithm if it is not PDQ");
    }
    if (rate < 0) {
      throw new RefusedException("--rate is 1 or more, not " + rate);
    }
    ReplayRequest request =
        new ReplayRequest(
            run,
            new MatchSettings(match.threshold(0), ways.orientations(), ways.views()),
            range.range(),
            rate);
    CountDownLatch stop = new CountDownLatch(1);
    return system.at(bootstrap -> {
      String servers = bootstrap.get();
      return Interruption.stopping(stop::countDown, () -> replay(servers, request, stop));
    });
  }

  private int replay(String bootstrapServers, ReplayRequest request, CountDownLatch stop) {
    KnownTopics known = new KnownTopics(bootstrapServers, () -> stop.getCount() == 0);
    try (Runs runs = new Runs(known, system.topics())) {
      print(new Replay(runs, request, new ReadingProgress(spec.commandLine().getErr())).run());
    }
    return ExitCode.OK;
  }

  private void print(Replay.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    ReplayRun done = outcome.run();
    if (outcome.startedAnew()) {
      out.println("Begun anew: since the last time images were removed or replaced.");
    } else if (outcome.goneOn()) {
      out.println("Went on where it was stopped.");
    }
    Duration took = Duration.between(done.startedAt(), done.finishedAt());
    out.printf(
        Locale.ROOT,
        "%s: %,d images by %s at radius %d: %,d unique, %,d duplicates, in %.1f s%n",
        done.run(),
        done.unique() + done.duplicates(),
        done.threshold().algorithm(),
        done.threshold().radius(),
        done.unique(),
        done.duplicates(),
        took.toMillis() / 1e3);
    Optional.of(done)
        .filter(it -> it.largestGroup() > Math.max(FEW, ONE_GROUP * it.images()))
        .ifPresent(it ->
            out.printf(
                Locale.ROOT,
                "That is too wide: the largest group has %,d of %,d images. twinstream sweep shows"
                    + " where groups collapse into one another.%n",
                it.largestGroup(),
                it.images()));
    out.println("What has changed: twinstream diff live " + done.run() + system.again());
    out.flush();
  }
}
