package io.twinstream.standalone;

import io.twinstream.hash.HashAlgorithms;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.StoreRebuild;
import io.twinstream.standalone.service.ServiceLog;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream rebuild}. */
@Command(
    name = "rebuild",
    description = {
      "Writes what the matcher has stored anew from the fingerprint log: to match by another"
          + " algorithm from now on, or after an update whose stores are laid out otherwise. No"
          + " image is fetched, and no verdict that was given changes.",
      "No instance may run meanwhile. One that is started before it has ended, or after it was cut"
          + " off, refuses to work until the same command was given again. Instances restore what"
          + " has changed when they start."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the cluster does not answer; give the same command again",
      "2:nothing was changed: instances run, images lack the algorithm's hash, topics are missing,"
          + " or wrong options",
      "130, 143:stopped by Ctrl-C or SIGTERM; give the same command again"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream rebuild --algorithm \"PerceptiveHash(256)\" --dry-run",
      "  twinstream rebuild --algorithm PDQ --bootstrap broker:9092"
    })
final class RebuildCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--algorithm",
      required = true,
      paramLabel = "NAME",
      description =
          "The perceptual hash that instances will match by; every image has to have it in the"
              + " fingerprint log (twinstream stream --more-hashes).")
  private String algorithm;

  @Option(
      names = "--dry-run",
      description = "Only say whether it could be done; instances may run.")
  private boolean dryRun;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    String name = known(algorithm);
    CountDownLatch stop = new CountDownLatch(1);
    StoreRebuild rebuild =
        new StoreRebuild(
            new KnownTopics(cluster.reached(), () -> stop.getCount() == 0),
            cluster.topics(),
            new ReadingProgress(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      print(out, Interruption.stopping(stop::countDown, () -> rebuild.check(name)), name);
    } else {
      long images = Interruption.stopping(stop::countDown, () -> rebuild.rebuild(name));
      out.printf(
          Locale.ROOT,
          "The stores of %,d images are rebuilt; start instances with --algorithm \"%s\".%n"
              + "Before you start one with a --state folder more than %d days from now, delete"
              + " that folder.%n",
          images,
          name,
          Topics.CHANGELOG_MEMORY.toDays());
    }
    return ExitCode.OK;
  }

  private static void print(PrintWriter out, StoreRebuild.Outlook outlook, String name) {
    out.printf(
        Locale.ROOT,
        "All %,d images have %s; the stores could be rebuilt.%n",
        outlook.images(),
        name);
    if (!outlook.atWork().isEmpty()) {
      out.printf(
          "Instances are at work, which have to be stopped first: %s%n",
          String.join(", ", outlook.atWork()));
    }
  }

  private static String known(String algorithm) {
    try {
      return HashAlgorithms.named(algorithm.strip()).algorithm();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }
}
