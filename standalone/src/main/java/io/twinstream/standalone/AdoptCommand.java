package io.twinstream.standalone;

import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.engine.DataDirectory;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.Adoption;
import io.twinstream.standalone.operate.Held;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.replay.Runs;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream adopt}. */
@Command(
    name = "adopt",
    description = {
      "Has the running app match by the radius of a replay from now on: no instance is started"
          + " anew, and nothing is rebuilt.",
      "What waits to be judged by now is still judged by the old radius. Verdicts that were given"
          + " stay as they are; each says what it was judged by. From then on the radius that was"
          + " adopted holds, whatever --radius or preset instances are started with."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or it will be when the app runs",
      "1:the cluster does not answer; give the same command again",
      "2:nothing was changed: there is no such run, it is not done, or it is by another algorithm;"
          + " or wrong options",
      "130, 143:stopped by Ctrl-C or SIGTERM; give the same command again"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream adopt tight --dry-run --bootstrap kafka:9092",
      "  twinstream adopt tight --data twinstream-out/.data",
      "  twinstream adopt --undo --bootstrap kafka:9092"
    })
final class AdoptCommand implements Callable<Integer> {
  private static final Duration TAKES_EFFECT = Duration.ofSeconds(30);
  private static final int LONGEST_NAME = 80;

  /** What instances look at unless they are told otherwise. */
  private static final String ALL = "all";

  @Spec private CommandSpec spec;

  /** Where the radius comes from. */
  private static final class Choice {
    @Parameters(
        paramLabel = "NAME",
        index = "0",
        description = "The replay that matched by the wanted radius, and is done.")
    private String run;

    @Option(
        names = "--undo",
        required = true,
        description =
            "Go back to what held before the last change. Given twice, it is as it was before.")
    private boolean undo;
  }

  @ArgGroup(multiplicity = "1")
  private Choice choice;

  @Option(names = "--dry-run", description = "Only say what would change.")
  private boolean dryRun;

  @Mixin private SystemOptions system;

  /** What is to hold from now on, by partition, and whose it is. */
  private record Wanted(String run, NavigableMap<Integer, Threshold> thresholds) {}

  @Override
  public Integer call() {
    system.log();
    CountDownLatch stop = new CountDownLatch(1);
    return system.at((bootstrap, data) -> {
      KnownTopics known = new KnownTopics(bootstrap.get(), () -> stop.getCount() == 0);
      return Interruption.stopping(
          stop::countDown,
          () -> {
            adopt(known, data);
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
          });
    });
  }

  private void adopt(KnownTopics known, Optional<DataDirectory> data) {
    PrintWriter out = spec.commandLine().getOut();
    Adoption adoption =
        new Adoption(
            known,
            system.topics(),
            data.isPresent() ? Duration.ZERO : TAKES_EFFECT,
            new ReadingProgress(spec.commandLine().getErr()));
    Wanted wanted;
    SortedMap<Integer, Held> held;
    if (choice.undo) {
      held = adoption.look();
      wanted = before(held);
    } else {
      ReplayRun run = finished(known);
      held = adoption.look();
      wanted = of(run, held);
    }
    List<Integer> changed =
        held.keySet().stream()
            .filter(wanted.thresholds()::containsKey)
            .filter(it -> !held.get(it).has(wanted.thresholds().get(it)))
            .toList();
    print(held, wanted, out);
    if (dryRun) {
      out.println("Nothing was changed.");
      return;
    }
    if (!changed.isEmpty()) {
      print(adoption.adopt(wanted.thresholds(), wanted.run(), changed), changed, data, out);
    }
    // Also where nothing is new: the last time may have been cut off before this.
    data.ifPresent(it -> it.adopt(wanted.thresholds().firstEntry().getValue()));
  }

  private ReplayRun finished(KnownTopics known) {
    try (Runs runs = new Runs(known, system.topics())) {
      ReplayRun run = runs.finished(choice.run);
      tell(run);
      return run;
    }
  }

  /** What of a replay is not adopted. */
  private void tell(ReplayRun run) {
    PrintWriter out = spec.commandLine().getOut();
    if (!run.collection().isEmpty()) {
      out.printf(
          "The run was of the collection %s alone; what is adopted holds for all.%n",
          Printable.line(run.collection(), LONGEST_NAME));
    }
    if (!run.orientations().equals(ALL) || !run.views().equals(ALL)) {
      out.printf(
          "The run looked at pictures with --orientations %s --views %s; instances go on with what"
              + " they were told.%n",
          run.orientations(), run.views());
    }
  }

  private static Wanted of(ReplayRun run, SortedMap<Integer, Held> held) {
    Threshold threshold = run.threshold();
    for (Held one : held.values()) {
      if (!one.algorithm().isEmpty() && !one.algorithm().equals(threshold.algorithm())) {
        throw new RefusedException(
            ("run %s matched by %s, and the app by %s, which a new radius does not change. To match"
                    + " by another algorithm, stop all instances and run: twinstream rebuild"
                    + " --algorithm \"%s\"")
                .formatted(
                    run.run(), threshold.algorithm(), one.algorithm(), threshold.algorithm()));
      }
    }
    NavigableMap<Integer, Threshold> thresholds = new TreeMap<>();
    held.keySet().forEach(partition -> thresholds.put(partition, threshold));
    return new Wanted(run.run(), thresholds);
  }

  private static Wanted before(SortedMap<Integer, Held> held) {
    NavigableMap<Integer, Threshold> thresholds = new TreeMap<>();
    held.forEach((partition, one) -> {
      if (one.adopted()) {
        one.before().ifPresent(threshold -> thresholds.put(partition, threshold));
      }
    });
    if (thresholds.isEmpty()) {
      throw new RefusedException(
          "there is nothing to undo: no other radius was adopted. What replays there are, says:"
              + " twinstream runs");
    }
    return new Wanted(Verdict.LIVE, thresholds);
  }

  private void print(SortedMap<Integer, Held> held, Wanted wanted, PrintWriter out) {
    held.forEach((partition, one) -> {
      Threshold to = wanted.thresholds().get(partition);
      String now = one.now().map(it -> Integer.toString(it.radius())).orElse("not known");
      out.println(
          to == null || one.has(to)
              ? "Partition %d: radius %s, which stays".formatted(partition, now)
              : one.now().equals(Optional.of(to))
                  ? "Partition %d: radius %s by the options of instances, which will be adopted"
                      .formatted(partition, now)
                  : "Partition %d: radius %s -> %d".formatted(partition, now, to.radius()));
    });
    if (!choice.undo) {
      out.println(
          "What the run has judged otherwise: twinstream diff live "
              + wanted.run()
              + system.again());
    }
  }

  private void print(
      Adoption.Outcome outcome,
      List<Integer> changed,
      Optional<DataDirectory> data,
      PrintWriter out) {
    outcome
        .changes()
        .forEach((partition, change) ->
            out.printf(
                "Partition %d: matched within %d bits from position %d on%n",
                partition, change.threshold().radius(), change.position()));
    if (data.isPresent()) {
      out.println("It takes effect with the next scan, before that judges anything.");
    } else if (!outcome.atWork()) {
      out.println("No instance is at work; it takes effect when one is.");
    } else if (!outcome.changes().keySet().containsAll(changed)) {
      List<Integer> open =
          changed.stream().filter(it -> !outcome.changes().containsKey(it)).toList();
      out.printf(
          "Not yet in effect on partitions %s: it is once what waits there has been judged."
              + " twinstream index stats tells.%n",
          open);
    }
  }
}
