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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
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
      "Gives up what waits for a host, or some images, as of now: it ends as download-failed,"
          + " cancelled, and can be sent once more by: twinstream retry-failed",
      "Instances that run do it at once, others when they are started again. What comes later is"
          + " fetched as ever, and so is what is on image-metadata, but was not read by the app"
          + " yet. To keep a host from being asked: twinstream hosts stop"
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
        paramLabel = "COLLECTION ID",
        hideParamSyntax = true,
        description = "The image of this collection and id; may be repeated.")
    private List<String> images = new ArrayList<>();
  }

  @Mixin private NoteOption note;

  @Option(names = "--yes", description = "Do it. Without, it is only said what would be given up.")
  private boolean yes;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    List<FetchSubject> subjects = subjects();
    String text = note.text();
    String bootstrap = cluster.reached();
    Instructions instructions = new Instructions(bootstrap, cluster.topics());
    instructions.read();
    long concerned =
        new PendingEvents(bootstrap, cluster.topics())
            .list(
                (host, image) -> subjects.stream().anyMatch(one -> isAbout(one, host, image)),
                0,
                Map.of(),
                Instant.now(),
                new ReadingProgress(spec.commandLine().getErr()))
            .total();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d image%s wait%s for a result.%n",
        concerned,
        concerned == 1 ? "" : "s",
        concerned == 1 ? "s" : "");
    if (!yes) {
      out.println("Nothing was changed; --yes gives up what waits.");
      return ExitCode.OK;
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    instructions.cancel(subjects, now, text, now);
    out.printf("What came before %s is given up.%n", now);
    return ExitCode.OK;
  }

  private List<FetchSubject> subjects() {
    if (what.host != null) {
      return List.of(what.host);
    }
    List<FetchSubject> images = new ArrayList<>();
    try {
      for (int i = 0; i < what.images.size(); i += 2) {
        images.add(
            new FetchSubject.Image(new ImageKey(what.images.get(i), what.images.get(i + 1))));
      }
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--image: " + e.getMessage());
    }
    return images;
  }

  private static boolean isAbout(FetchSubject subject, String host, ImageKey image) {
    return switch (subject) {
      case FetchSubject.Host one -> one.covers(host);
      case FetchSubject.Image(ImageKey key) -> key.equals(image);
    };
  }
}
