package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.index.IndexStats;
import io.twinstream.schema.ImageKey;
import io.twinstream.standalone.operate.RunningIndexes;
import io.twinstream.standalone.service.IndexPages.InstanceIndex;
import io.twinstream.standalone.service.IndexPages.InstanceLookup;
import io.twinstream.standalone.service.IndexPages.PartitionIndex;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream index}. */
@Command(
    name = "index",
    description = "Asks a running instance what its indexes are like, and what is near a hash.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {IndexCommand.StatsCommand.class, IndexCommand.LookupCommand.class})
final class IndexCommand {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Who is asked, and how the answer is printed. */
  static final class Asking {
    @Option(
        names = "--instance",
        paramLabel = "URL",
        defaultValue = "${env:TWINSTREAM_INSTANCE:-http://localhost:8080}",
        description =
            "The health port of the instance, on this machine: others are told nothing. Of several"
                + " instances each knows its own partitions alone. Default: http://localhost:8080,"
                + " or TWINSTREAM_INSTANCE.")
    private String instance;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;
  }

  @Command(
      name = "stats",
      description = {
        "Shows size, memory, layout and work of the index of each partition.",
        "Featureless images are counted apart: equal bytes or pixels find them, and none of the"
            + " codes that are shown is theirs."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:shown",
        "1:the instance does not answer, or restores or rebalances",
        "2:wrong options"
      })
  static final class StatsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private Asking asking;

    @Override
    public Integer call() throws JsonProcessingException {
      try (RunningIndexes indexes = new RunningIndexes(asking.instance)) {
        InstanceIndex status = indexes.status();
        PrintWriter out = spec.commandLine().getOut();
        if (asking.json) {
          out.println(JSON.writeValueAsString(status));
          return ExitCode.OK;
        }
        out.printf("Matched by %s.%n", status.algorithm());
        if (status.partitions().isEmpty()) {
          out.println("It matches no partition; other instances do.");
        }
        status.partitions().forEach(partition -> print(partition, out));
        status
            .standbys()
            .forEach(standby ->
                out.printf(
                    Locale.ROOT,
                    "%nPartition %d: a copy of what another instance has, %s%n",
                    standby.partition(),
                    standby.hasAll()
                        ? "up to date"
                        : "%,d offsets behind".formatted(standby.lag())));
        return ExitCode.OK;
      }
    }

    private static void print(PartitionIndex partition, PrintWriter out) {
      out.printf(
          Locale.ROOT,
          "%nPartition %d, matched within %d bits: %,d images, %,d of them featureless, in %,d"
              + " collections; built in %,d ms%n",
          partition.partition(),
          partition.radius(),
          partition.images(),
          partition.featureless(),
          partition.collections(),
          partition.buildMs());
      partition.views().forEach((view, stats) -> print(view, stats, out));
    }

    private static void print(String view, IndexStats stats, PrintWriter out) {
      long probing = Math.max(1, stats.searches() - stats.scans());
      out.printf(
          Locale.ROOT,
          "  %s: %,d codes, %,d of them shared by more than %d images; %,.1f MB; %s%n",
          view,
          stats.codes(),
          stats.shared(),
          IndexStats.HOT,
          stats.bytes() / 1e6,
          stats.layout());
      out.printf(
          Locale.ROOT,
          "    %,d lookups; %,d read everything, each of the others probed %,d buckets and compared"
              + " %,.1f codes%n",
          stats.searches(),
          stats.scans(),
          stats.probes() / probing,
          (double) stats.candidates() / probing);
    }
  }

  @Command(
      name = "lookup",
      description = {
        "Shows the images of a collection whose hash is near one, whichever came first.",
        "The hash is looked up as it stands, among those of whole pictures and of their parts; a"
            + " featureless picture has none that is looked up."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:answered",
        "1:the instance does not answer, or restores or rebalances",
        "2:wrong options"
      },
      footer = {"", "Example:", "  twinstream index lookup 2dc43bd2…e1 --radius 40"})
  static final class LookupCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "HASH",
        description = "In hexadecimal digits, as in events and from: twinstream fingerprint")
    private String hash;

    @Option(
        names = "--collection",
        paramLabel = "NAME",
        defaultValue = ImageKey.DEFAULT_COLLECTION,
        description = "Where it is looked up. Default: ${DEFAULT-VALUE}.")
    private String collection;

    @Option(
        names = "--radius",
        paramLabel = "BITS",
        description =
            "The largest distance, at most what the instance matches by, which is the default.")
    private Integer radius;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "How many images are listed at most, the oldest. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin private Asking asking;

    /** Ids are strangers' words, and terminals obey some of them. */
    private static String printable(String text) {
      return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public Integer call() throws JsonProcessingException {
      Map<String, String> asked = new LinkedHashMap<>();
      asked.put("hash", hash);
      asked.put("collection", collection);
      asked.put("limit", Integer.toString(limit));
      if (radius != null) {
        asked.put("radius", Integer.toString(radius));
      }
      try (RunningIndexes indexes = new RunningIndexes(asking.instance)) {
        InstanceLookup answer = indexes.lookUp(asked);
        PrintWriter out = spec.commandLine().getOut();
        if (asking.json) {
          out.println(JSON.writeValueAsString(answer));
        } else {
          print(answer, out);
        }
        return ExitCode.OK;
      }
    }

    private void print(InstanceLookup answer, PrintWriter out) {
      if (answer.searched() == 0) {
        out.printf(
            "This instance has no image of the collection %s; others are named with"
                + " --collection.%n",
            printable(collection));
        return;
      }
      out.printf(
          Locale.ROOT,
          "%,d of %,d images of the collection %s are within %d bits of it, by %s.%n",
          answer.count(),
          answer.searched(),
          printable(collection),
          answer.radius(),
          answer.algorithm());
      answer
          .found()
          .forEach(one ->
              out.printf(
                  Locale.ROOT,
                  "%5d bits  position %,d  %s%s%n",
                  one.distance(),
                  one.position(),
                  printable(one.id()),
                  one.view().equals("whole") ? "" : "  (its " + one.view() + ")"));
    }
  }
}
