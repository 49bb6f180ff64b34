package io.twinstream.standalone;

import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.LetterChoice;
import io.twinstream.standalone.operate.LetterPlace;
import io.twinstream.standalone.operate.LetterRetry;
import io.twinstream.standalone.operate.LetterRetry.Fate;
import io.twinstream.standalone.operate.LetterRetry.Outcome;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream dead-letters retry}. */
@Command(
    name = "retry",
    description = {
      "Puts dead letters back on image-metadata as they came, after the app that could not read"
          + " them was mended: key, body and headers, and the header twinstream.dead-letter, which"
          + " names the letter. By it a second run knows what was sent, and sends nothing twice.",
      "Left alone are letters of an image that has a newer event, or whose own has expired, those"
          + " that were cut, what a connector could not make an event of (mend the source and read"
          + " it again), and what this version can't read either."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, if only because there was nothing to do",
      "1:the cluster does not answer, or the data directory is in use; the same command goes on",
      "2:wrong options, or a topic or a named letter is missing",
      "130, 143:stopped by Ctrl-C or SIGTERM; the same command goes on"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream dead-letters retry --dry-run",
      "  twinstream dead-letters retry --reason version --since 2026-05-04T00:00:00Z",
      "  twinstream dead-letters retry 0@17 2@3"
    })
final class DeadLettersRetryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PARTITION@OFFSET",
      arity = "0..*",
      converter = LetterPlaceConverter.class,
      description = "Only these, as list names them.")
  private Set<LetterPlace> places = new LinkedHashSet<>();

  @Mixin private LetterOptions letters;

  @Option(
      names = "--unreadable-too",
      description =
          "Also those that this version can't read: where instances are of another version.")
  private boolean unreadableToo;

  @Option(names = "--dry-run", description = "Only count.")
  private boolean dryRun;

  @Mixin private SystemOptions system;

  @Override
  public Integer call() {
    system.log();
    CountDownLatch stop = new CountDownLatch(1);
    LetterChoice choice = letters.choice(places);
    Outcome outcome =
        Interruption.stopping(
            stop::countDown,
            () ->
                system.at(servers -> {
                  LetterRetry retry =
                      new LetterRetry(
                          new KnownTopics(servers.get(), () -> stop.getCount() == 0),
                          system.topics(),
                          new ReadingProgress(spec.commandLine().getErr()),
                          unreadableToo);
                  return dryRun ? retry.count(choice) : retry.retry(choice);
                }));
    print(outcome);
    return ExitCode.OK;
  }

  private void print(Outcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    long sent = outcome.of(Fate.SENT);
    out.printf(
        Locale.ROOT,
        "%,d dead letter%s %s%n",
        sent,
        sent == 1 ? "" : "s",
        dryRun ? "would be sent once more" : "sent once more");
    for (Fate fate : Fate.values()) {
      if (fate != Fate.SENT && outcome.of(fate) > 0) {
        out.printf(Locale.ROOT, "%,10d left alone: %s%n", outcome.of(fate), why(fate));
      }
    }
  }

  private static String why(Fate fate) {
    return switch (fate) {
      case SENT -> "sent";
      case SENT_BEFORE -> "sent once more before";
      case NEWER_EVENT -> "the image has a newer event";
      case EVENT_EXPIRED -> "too old to tell what came after it; the sender has to send it again";
      case CUT -> "cut, so that it is not all there; the sender has to send it again";
      case NO_EVENT -> "no event of this topic; what a source can't give is mended at the source";
      case UNREADABLE ->
          "this version can't read it either; the sender has to send it again as it should be"
              + " (--unreadable-too sends it nevertheless)";
    };
  }
}
