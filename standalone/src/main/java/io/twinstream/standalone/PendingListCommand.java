package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.FetchSubject;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.Instructions;
import io.twinstream.standalone.operate.PendingEvents;
import io.twinstream.standalone.operate.PendingEvents.HostSum;
import io.twinstream.standalone.operate.PendingEvents.Listing;
import io.twinstream.standalone.service.ServiceLog;
import io.twinstream.topology.PendingRow;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream pending list}. */
@Command(
    name = "list",
    description = {
      "Shows what has no result yet: how much waits for each host, and the oldest images of all.",
      "Reads the log of the app's queue, so no instance has to run. What is on image-metadata, but"
          + " was not read by the app yet, is not in the queue."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:the cluster does not answer",
      "2:wrong options, or the app never ran there"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream pending list --bootstrap broker:9092",
      "  twinstream pending list --host example.org --limit 1000 --json"
    })
final class PendingListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      converter = HostConverter.class,
      description = "Only of this host; without a port, of all its ports.")
  private FetchSubject.Host host;

  @Option(names = "--collection", paramLabel = "NAME", description = "Only of this collection.")
  private String collection;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many images are listed. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private ClusterOptions cluster;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    if (limit < 0) {
      throw new RefusedException("--limit is 0 or more, not " + limit);
    }
    String bootstrap = cluster.reached();
    Instant now = Instant.now();
    Listing listing =
        new PendingEvents(bootstrap, cluster.topics())
            .list(
                (asked, image) ->
                    (host == null || host.covers(asked))
                        && (collection == null || collection.equals(image.collection())),
                limit,
                new Instructions(bootstrap, cluster.topics()).read(),
                now,
                new ReadingProgress(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(listing, now));
    } else {
      print(listing, now, out);
    }
    return ExitCode.OK;
  }

  private static void print(Listing listing, Instant now, PrintWriter out) {
    if (listing.hosts().isEmpty()) {
      out.println("Nothing waits.");
      return;
    }
    out.printf(Locale.ROOT, "%10s %10s %14s  host%n", "images", "due", "oldest");
    for (HostSum sum : listing.hosts()) {
      out.printf(
          Locale.ROOT,
          "%,10d %,10d %14s  %s%s%n",
          sum.rows(),
          sum.due(),
          TimeText.of(Duration.between(sum.oldest(), now)),
          sum.host().isEmpty() ? "(none: files)" : sum.host(),
          sum.stopped() ? ", stopped" : "");
    }
    if (listing.rows().isEmpty()) {
      return;
    }
    out.printf(Locale.ROOT, "%nThe oldest %,d of %,d:%n", listing.rows().size(), listing.total());
    for (PendingRow row : listing.rows()) {
      out.printf(
          Locale.ROOT,
          "%s  tried %d times, next %s, came %s ago, %s%n    %s%n",
          row.image(),
          row.attempts(),
          row.dueAt().isAfter(now)
              ? "in " + TimeText.of(Duration.between(now, row.dueAt()))
              : "now",
          TimeText.of(Duration.between(row.filedAt(), now)),
          row.event(),
          row.address());
    }
  }

  private static String toJson(Listing listing, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("total", listing.total());
    fields.put("hosts", listing.hosts().stream().map(PendingListCommand::fieldsOf).toList());
    fields.put("images", listing.rows().stream().map(row -> fieldsOf(row, now)).toList());
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new BrokenException("can't print what waits", e);
    }
  }

  private static Map<String, Object> fieldsOf(HostSum sum) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("host", sum.host());
    fields.put("images", sum.rows());
    fields.put("due", sum.due());
    fields.put("oldest", sum.oldest().toString());
    fields.put("stopped", sum.stopped());
    return fields;
  }

  private static Map<String, Object> fieldsOf(PendingRow row, Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event", row.event().toString());
    fields.put("collection", row.image().collection());
    fields.put("id", row.image().id());
    fields.put("host", row.host());
    fields.put("address", row.address());
    fields.put("attempts", row.attempts());
    fields.put("nextTry", row.dueAt().toString());
    fields.put("filedAt", row.filedAt().toString());
    fields.put("ageSeconds", Duration.between(row.filedAt(), now).toSeconds());
    return fields;
  }
}
