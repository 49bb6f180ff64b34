package io.twinstream.standalone;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.catalog.report.DuplicatesJson;
import io.twinstream.catalog.report.Reports;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.schema.FailureReason;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.Timings;
import io.twinstream.standalone.operate.RetryChoice;
import io.twinstream.standalone.scan.ProgressDisplay;
import io.twinstream.standalone.scan.Scan;
import io.twinstream.standalone.scan.ScanRequest;
import io.twinstream.standalone.scan.ScanSource;
import io.twinstream.standalone.scan.ScanSummary;
import java.io.Console;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream scan}. */
@Command(
    name = "scan",
    description = {
      "Finds duplicates among the pictures of folders and CSV files.",
      "Folders are read recursively, by content; links are not followed. A CSV file has a header;"
          + " its pictures are http(s) addresses or paths relative to the file.",
      "A scan that was stopped, however it was stopped, goes on where it was when it is started"
          + " again."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every image was judged",
      "1:something broke; nothing is lost, the same command goes on",
      "2:wrong options or sources",
      "3:finished, but some images could not be fetched or read; they are listed",
      "130, 143:stopped by Ctrl-C or SIGTERM; the same command goes on"
    })
final class ScanCommand implements Callable<Integer> {
  /** Downloads from one host at a time by default. */
  static final int PER_HOST = 16;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SOURCE", arity = "1..*", description = "A folder or a CSV file.")
  private List<Path> sources;

  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The set within which duplicates are searched. Default: ${DEFAULT-VALUE}.")
  private String collection;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "twinstream-out",
      description = "Where the reports go. Default: ./${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where everything is kept that is known of images. Further scans with the same folder"
              + " judge against all that was seen before. Default: OUT/.data.")
  private Path data;

  @Option(names = "--id-column", paramLabel = "COL", description = "The CSV column of image ids.")
  private String idColumn;

  @Option(
      names = "--url-column",
      paramLabel = "COL",
      description = "The CSV column of addresses or paths.")
  private String urlColumn;

  @Option(
      names = "--collection-column",
      paramLabel = "COL",
      description = "The CSV column of collections.")
  private String collectionColumn;

  @Option(
      names = "--attribute",
      paramLabel = "NAME=VALUE",
      description = "An attribute that every image gets; may be repeated.")
  private Map<String, String> attributes = new LinkedHashMap<>();

  @Option(
      names = "--roll-up",
      paramLabel = "NAME",
      split = ",",
      description =
          "The attributes for which duplicates.xlsx counts whose pictures were re-used by whom; at"
              + " most "
              + Reports.MAX_ROLL_UP
              + ". Default: all that don't have a value of their own for most images.")
  private List<String> rollUp = new ArrayList<>();

  @Option(
      names = "--duplicates-form",
      paramLabel = "FORM",
      defaultValue = "full",
      description = {
        "What duplicates.json looks like: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
        "groups: {\"group-1\": [\"path\", ...]}, originals: {\"path\": [\"duplicate's path\","
            + " ...]}."
      })
  private DuplicatesJson.Form duplicatesForm;

  @Option(
      names = "--retry-failed",
      description =
          "First try those images again that failed in earlier scans for a reason that can pass.")
  private boolean retryFailed;

  @Option(
      names = "--retry-reason",
      paramLabel = "REASON",
      split = ",",
      converter = FailureReasonConverter.class,
      description =
          "First try those images again that failed for this reason, which is mended now, for"
              + " example forbidden-address; may be repeated.")
  private Set<FailureReason> retryReasons = new LinkedHashSet<>();

  @Option(names = "--json", description = "Print the summary as JSON.")
  private boolean json;

  @Option(names = "--timings", description = "Print how long each phase took.")
  private boolean showTimings;

  @Mixin private FetchOptions fetching;
  @Mixin private PolitenessOptions politeness;
  @Mixin private MatchOptions matching;
  @Mixin private FingerprintOptions fingerprints;
  @Mixin private ThumbnailOption thumbnails;
  @Mixin private DecoderOptions decoders;

  @Override
  public Integer call() {
    long startedAt = System.nanoTime() - sinceStart();
    Path absoluteOut = out.toAbsolutePath().normalize();
    Path absoluteData =
        data == null ? absoluteOut.resolve(".data") : data.toAbsolutePath().normalize();
    // Before the first logger is made.
    System.setProperty("twinstream.logs", absoluteData.resolve("logs").toString());
    ScanRequest request = request(absoluteOut, absoluteData);
    Timings timings = new Timings();
    Scan scan =
        new Scan(
            request,
            new ProgressDisplay(System.err, isTerminal(), System::nanoTime),
            timings,
            startedAt);
    ScanSummary summary = Interruption.stopping(scan::stop, scan::run);
    PrintWriter printer = spec.commandLine().getOut();
    if (json) {
      printer.println(toJson(summary));
    } else {
      SummaryText.print(summary, printer);
    }
    if (showTimings) {
      timings
          .phases()
          .forEach(phase ->
              System.err.printf(
                  Locale.ROOT, "%-16s %6.2f s%n", phase.name(), phase.duration().toMillis() / 1e3));
    }
    printer.flush();
    return summary.failed() == 0 ? ExitCode.OK : ExitCode.WITH_FAILURES;
  }

  private static long sinceStart() {
    long startedAt = ManagementFactory.getRuntimeMXBean().getStartTime();
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis() - startedAt);
  }

  private ScanRequest request(Path absoluteOut, Path absoluteData) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("collection", collection);
    put(options, "id.column", idColumn);
    put(options, "url.column", urlColumn);
    put(options, "collection.column", collectionColumn);
    if (attributes.values().stream().anyMatch(value -> value.contains(","))) {
      throw new RefusedException("the value of an --attribute can't have a comma in it");
    }
    if (!attributes.isEmpty()) {
      options.put(
          "attributes",
          String.join(
              ",",
              attributes.entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .toList()));
    }
    return new ScanRequest(
        sources.stream().map(source -> ScanSource.of(source, options)).toList(),
        matching.choice(),
        absoluteOut,
        absoluteData,
        fetching.addresses(),
        politeness.hosts(fetching.perHost(PER_HOST)),
        politeness.inFlight(),
        politeness.retry(),
        fetching.roots(),
        fetching.limits(),
        fetching.userAgent(),
        thumbnails.within(fingerprints.settings(List.of(FingerprintSettings.DEFAULT_HASH))),
        decoders.decoding(),
        new RetryChoice(retryFailed, retryReasons),
        reports());
  }

  private Reports reports() {
    try {
      return new Reports(duplicatesForm, rollUp);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--roll-up: " + e.getMessage());
    }
  }

  private static void put(Map<String, String> options, String name, String value) {
    if (value != null) {
      options.put(name, value);
    }
  }

  // Since JDK 25 it is null again where there is no terminal.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  private static String toJson(ScanSummary summary) {
    try {
      return JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build()
          .writeValueAsString(summary);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new BrokenException("can't print the summary", e);
    }
  }
}
