package io.twinstream.standalone;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FetchSubject;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.operate.FailedImages;
import io.twinstream.standalone.operate.RetryChoice;
import io.twinstream.standalone.service.ServiceLog;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream retry-failed}. */
@Command(
    name = "retry-failed",
    description = {
      "Sends images once more whose latest verdict is download-failed: by default those for which"
          + " trying again could help (retryable).",
      "Each gets a new event with the same source, attributes and headers, and with the header"
          + " twinstream.retry-of, the id of the event that failed. An image that has a newer event"
          + " on its way is left alone, so that a second run sends nothing twice."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, if only because there was nothing to do",
      "1:the cluster does not answer; the same command goes on",
      "2:wrong options, or topics are missing",
      "130, 143:stopped by Ctrl-C or SIGTERM; the same command goes on"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream retry-failed --dry-run",
      "  twinstream retry-failed --host example.org --since 2026-05-04T00:00:00Z",
      "  twinstream retry-failed --reason cancelled,forbidden-address"
    })
final class RetryFailedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      split = ",",
      converter = FailureReasonConverter.class,
      description =
          "Those that failed for this reason, retryable or not; may be repeated. Default: all that"
              + " are retryable.")
  private Set<FailureReason> reasons = new LinkedHashSet<>();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      converter = HostConverter.class,
      description = "Only those with a source on this host; without a port, on all its ports.")
  private FetchSubject.Host host;

  @Option(names = "--collection", paramLabel = "NAME", description = "Only of this collection.")
  private String collection;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those that failed then or later, for example 2026-05-04T10:20:30Z.")
  private Instant since = Instant.EPOCH;

  @Option(names = "--dry-run", description = "Only count.")
  private boolean dryRun;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    CountDownLatch stop = new CountDownLatch(1);
    FailedImages failed =
        new FailedImages(
            cluster.reached(),
            cluster.topics(),
            () -> stop.getCount() == 0,
            new ReadingProgress(spec.commandLine().getErr()));
    FailedImages.Outcome outcome =
        Interruption.stopping(
            stop::countDown, () -> dryRun ? failed.count(choice()) : failed.retry(choice()));
    print(outcome);
    return ExitCode.OK;
  }

  private Predicate<Verdict.DownloadFailed> choice() {
    Predicate<Verdict.DownloadFailed> choice =
        new RetryChoice(reasons.isEmpty(), reasons).and(RetryChoice.since(since));
    if (host != null) {
      choice = choice.and(RetryChoice.of(host));
    }
    return collection == null ? choice : choice.and(RetryChoice.of(collection));
  }

  private void print(FailedImages.Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d image%s %s%n",
        outcome.total(),
        outcome.total() == 1 ? "" : "s",
        dryRun ? "would be sent once more" : "sent once more");
    outcome
        .byReason()
        .forEach((reason, images) -> out.printf(Locale.ROOT, "  %,8d %s%n", images, reason));
    if (outcome.underWay() > 0) {
      out.printf(Locale.ROOT, "%,d more: a newer event is on its way%n", outcome.underWay());
    }
  }
}
