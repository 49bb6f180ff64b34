package io.twinstream.standalone;

import io.twinstream.schema.FetchSubject;
import io.twinstream.schema.ImageKey;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.Instructions;
import io.twinstream.standalone.operate.PendingEvents;
import io.twinstream.standalone.service.ServiceLog;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream pending cancel}. */
@Command(
    name = "cancel",
    description = {
      "Gives up what waits for a host, or one image, as of now: it ends as download-failed,"
          + " cancelled, and can be sent once more by: twinstream retry-failed",
      "Instances that run do it at once, others when they are started again. What comes later is"
          + " fetched as ever, and so is what is on image-metadata, but was not read by the app yet."
          + " To keep a host from being asked: twinstream hosts stop"
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or, without --yes, said what would be given up",
      "1:the cluster does not answer",
      "2:wrong options, or the app never ran there"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream pending cancel --host example.org",
      "  twinstream pending cancel --host example.org --note \"moved for good\" --yes",
      "  twinstream pending cancel --image default 4711 --yes"
    })
final class PendingCancelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private What what;

  private static final class What {
    @Option(
        names = "--host",
        paramLabel = "HOST",
        converter = HostConverter.class,
        description = "What waits for this host; without a port, for all its ports.")
    private FetchSubject.Host host;

    @Option(
        names = "--image",
        arity = "2",
        paramLabel = "TEXT",
        description = "The image of this collection (first) and id (second).")
    private List<String> image;
  }

  @Mixin private NoteOption note;

  @Option(names = "--yes", description = "Do it. Without, it is only said what would be given up.")
  private boolean yes;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    FetchSubject subject = subject();
    String bootstrap = cluster.reached();
    Instructions instructions = new Instructions(bootstrap, cluster.topics());
    instructions.read();
    long concerned =
        new PendingEvents(bootstrap, cluster.topics())
            .list(
                concerns(subject),
                0,
                Map.of(),
                Instant.now(),
                new ReadingProgress(spec.commandLine().getErr()))
            .total();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d image%s of %s wait%s for a result.%n",
        concerned,
        concerned == 1 ? "" : "s",
        name(subject),
        concerned == 1 ? "s" : "");
    if (!yes) {
      out.println("Nothing was changed; --yes gives them up.");
      return ExitCode.OK;
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    instructions.cancel(subject, now, note.text(), now);
    out.printf("What came before %s is given up.%n", now);
    return ExitCode.OK;
  }

  private FetchSubject subject() {
    if (what.host != null) {
      return what.host;
    }
    try {
      return new FetchSubject.Image(new ImageKey(what.image.get(0), what.image.get(1)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--image: " + e.getMessage());
    }
  }

  private static BiPredicate<String, ImageKey> concerns(FetchSubject subject) {
    return switch (subject) {
      case FetchSubject.Host host -> (asked, _) -> host.covers(asked);
      case FetchSubject.Image(ImageKey key) -> (_, image) -> image.equals(key);
    };
  }

  private static String name(FetchSubject subject) {
    return switch (subject) {
      case FetchSubject.Host(String host) -> host;
      case FetchSubject.Image(ImageKey key) -> key.toString();
    };
  }
}
