package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.EventId;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.DeadLetters;
import io.twinstream.standalone.operate.DeadLetters.Listing;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Letter;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream dead-letters list}. */
@Command(
    name = "list",
    description = "Shows what could not be read as an event: how much for which reason, and what.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:the cluster does not answer, or the data directory is in use",
      "2:wrong options, or the topic is missing",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream dead-letters list --bootstrap broker:9092",
      "  twinstream dead-letters list --reason version --since 2026-05-04T00:00:00Z --json",
      "  twinstream dead-letters list --data twinstream-out/.data"
    })
final class DeadLettersListCommand implements Callable<Integer> {
  private static final int REASONS_SHOWN = 20;
  private static final int REASON_WIDTH = 160;
  private static final int KEY_WIDTH = 120;

  @Spec private CommandSpec spec;

  @Mixin private LetterOptions letters;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many are listed, the newest, last of all. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private SystemOptions system;

  @Override
  public Integer call() {
    system.log();
    if (limit < 0) {
      throw new RefusedException("--limit is 0 or more, not " + limit);
    }
    CountDownLatch stop = new CountDownLatch(1);
    Listing listing =
        Interruption.stopping(
            stop::countDown,
            () ->
                system.at(servers ->
                    new DeadLetters(
                            new KnownTopics(servers.get(), () -> stop.getCount() == 0),
                            system.topics(),
                            new ReadingProgress(spec.commandLine().getErr()))
                        .list(letters.choice(Set.of()), limit)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(listing));
    } else {
      print(listing, out);
    }
    return ExitCode.OK;
  }

  private static void print(Listing listing, PrintWriter out) {
    if (listing.total() == 0) {
      out.println("No dead letters.");
      return;
    }
    out.printf("%10s  reason%n", "letters");
    listing.reasons().stream()
        .limit(REASONS_SHOWN)
        .forEach(one ->
            out.printf(
                Locale.ROOT,
                "%,10d  %s%n",
                one.getValue(),
                Printable.line(one.getKey(), REASON_WIDTH)));
    long others =
        listing.reasons().stream().skip(REASONS_SHOWN).mapToLong(Map.Entry::getValue).sum();
    if (others > 0) {
      out.printf(Locale.ROOT, "%,10d  other reasons%n", others);
    }
    if (listing.newest().isEmpty()) {
      return;
    }
    out.printf(Locale.ROOT, "%n%s%n", heading(listing));
    for (Letter letter : listing.newest()) {
      out.printf(
          Locale.ROOT,
          "%-10s %s  %s%s%n    %s%n",
          letter.place(),
          letter.writtenAt().truncatedTo(ChronoUnit.SECONDS),
          Printable.line(letter.origin(), KEY_WIDTH),
          letter.key() == null
              ? ""
              : "  " + Printable.line(Printable.lines(letter.key()), KEY_WIDTH),
          Printable.line(letter.reason(), REASON_WIDTH));
    }
  }

  private static String heading(Listing listing) {
    int shown = listing.newest().size();
    return shown < listing.total()
        ? String.format(
            Locale.ROOT,
            "The newest %,d of %,d (--limit shows more), the newest last:",
            shown,
            listing.total())
        : "All, the newest last:";
  }

  private static String toJson(Listing listing) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("total", listing.total());
    fields.put(
        "reasons",
        listing.reasons().stream()
            .map(one -> Map.of("reason", one.getKey(), "letters", one.getValue()))
            .toList());
    fields.put("letters", listing.newest().stream().map(DeadLettersListCommand::fieldsOf).toList());
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new BrokenException("can't print the dead letters", e);
    }
  }

  private static Map<String, Object> fieldsOf(Letter letter) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("letter", letter.place().toString());
    fields.put("writtenAt", letter.writtenAt().toString());
    fields.put("reason", letter.reason());
    fields.put("exception", letter.exception());
    fields.put("event", letter.event().map(EventId::toString).orElse(null));
    fields.put("source", letter.source(SourceHeaders.SOURCE));
    fields.put("place", letter.source(SourceHeaders.PLACE));
    fields.put("line", letter.source(SourceHeaders.LINE));
    fields.put("key", letter.key() == null ? null : Printable.lines(letter.key()));
    fields.put("bytes", letter.value() == null ? 0 : letter.value().length);
    fields.put("originalBytes", letter.wholeBytes().stream().boxed().findFirst().orElse(null));
    return fields;
  }
}
