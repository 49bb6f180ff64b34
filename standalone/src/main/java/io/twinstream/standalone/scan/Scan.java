package io.twinstream.standalone.scan;

import io.twinstream.app.StreamSettings;
import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.CatalogReader;
import io.twinstream.catalog.report.ScanReport;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.DataDirectory;
import io.twinstream.standalone.engine.DataDirectory.KnownSource;
import io.twinstream.standalone.engine.Engine;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.engine.Timings;
import io.twinstream.standalone.operate.FailedImages;
import io.twinstream.topology.FetchOrder;
import io.twinstream.topology.FetchSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * Runs the engine over some sources until every image has its verdict. Sources are read one after
 * the other, so that the same input always has the same order.
 */
public final class Scan {
  private static final Topics TOPICS = new Topics("");
  private static final Duration POLL = Duration.ofMillis(50);

  private final ScanRequest request;
  private final ProgressDisplay display;
  private final Timings timings;
  private final long startedAt;
  private final Instant begin = Instant.now();
  private final Set<String> noted = new HashSet<>();
  private volatile boolean stopping;

  /**
   * Ready to run.
   *
   * @param startedAt when the command began, as by {@link System#nanoTime()}
   */
  public Scan(ScanRequest request, ProgressDisplay display, Timings timings, long startedAt) {
    this.request = request;
    this.display = display;
    this.timings = timings;
    this.startedAt = startedAt;
  }

  /** Asks a running scan to stop as soon as it can; safe from any thread. */
  public void stop() {
    stopping = true;
  }

  /**
   * Does it all and leaves the data directory in order, whatever happens.
   *
   * @throws RefusedException if what was asked for can't be done as asked
   * @throws BrokenException if something failed for good
   * @throws StoppedException if {@link #stop()} was called; what was judged so far stays judged
   */
  public ScanSummary run() {
    try (DataDirectory data = DataDirectory.open(request.data())) {
      List<KnownSource> sources = prepare(data);
      display.phase("Starting the broker …");
      try (Engine engine =
          Engine.start(data.path(), TOPICS, bootstrap -> settings(data, bootstrap), timings)) {
        retry(engine);
        return judge(engine, sources, data.threshold().orElseThrow());
      } catch (BrokenException e) {
        // What breaks while the process is told to end is broken by that.
        throw stopping ? new StoppedException() : e;
      } finally {
        display.done();
      }
    }
  }

  private List<KnownSource> prepare(DataDirectory data) {
    refuseOverlaps(data);
    display.say(Matching.said(Matching.decided(data, request.matching(), request.sources())));
    // Only now: a scan that is refused must not widen what later ones may read.
    request.sources().forEach(source -> data.addRoot(source.root()));
    request.roots().forEach(data::addRoot);
    return request.sources().stream()
        .map(source -> data.register(source.name(), source.config()))
        .toList();
  }

  /** A file that is read under two ids would be called a duplicate of itself. */
  private void refuseOverlaps(DataDirectory data) {
    List<ScanSource> before = new ArrayList<>();
    for (ScanSource source : request.sources()) {
      for (ScanSource other : before) {
        if (source.config().equals(other.config())
            || (other.isFolder() && source.overlaps(other.path()))) {
          throw new RefusedException(
              "%s and %s overlap; name each file once".formatted(other.path(), source.path()));
        }
      }
      for (KnownSource known : data.sources()) {
        String folder = known.config().get(ScanSource.FOLDER_PATH);
        if (folder != null
            && !known.config().equals(source.config())
            && source.overlaps(Path.of(folder))) {
          throw new RefusedException(
              """
              %s overlaps with %s, which %s holds already; its files would be called duplicates of themselves.
              Scan the same folder again (unchanged files cost nothing), or use another --data folder.\
              """
                  .formatted(source.path(), folder, data.path()));
        }
      }
      before.add(source);
    }
  }

  private StreamSettings settings(DataDirectory data, String bootstrapServers) {
    // Those of earlier scans, too: their events may still wait for a verdict.
    List<Path> roots = data.roots();
    return new StreamSettings(
        bootstrapServers,
        TOPICS,
        "scan",
        data.path().resolve("state"),
        1,
        0,
        Duration.ofMillis(100),
        data.firstThreshold().orElseThrow(),
        FetchSettings.DEFAULT.withOrder(FetchOrder.SOURCE).withRetry(request.retry()),
        request.limits(),
        request.addresses(),
        request.hosts(),
        request.inFlight(),
        false,
        roots,
        request.fingerprints().withHashes(List.of(data.threshold().orElseThrow().algorithm())),
        request.decoding(),
        request.userAgent(),
        Map.of());
  }

  /** Before the sources are read: what they tell anew must not come before it. */
  private void retry(Engine engine) {
    if (request.retried().isNone()) {
      return;
    }
    FailedImages failed =
        new FailedImages(
            engine.bootstrapServers(),
            TOPICS,
            () -> stopping,
            (what, done, of) ->
                display.phase(
                    String.format(Locale.ROOT, "Reading %s: %,d of %,d …", what, done, of)));
    timings.time("retry failed", () -> failed.retry(request.retried()));
  }

  private ScanSummary judge(Engine engine, List<KnownSource> sources, Threshold threshold) {
    Catalog catalog = new Catalog();
    Set<String> names = new LinkedHashSet<>();
    sources.forEach(source -> names.add(source.name()));
    try (CatalogReader reader = new CatalogReader(engine.bootstrapServers(), TOPICS, catalog)) {
      timings.time(
          "judge",
          () -> {
            for (KnownSource source : sources) {
              engine.read(source.name(), connectorConfig(source));
              while (!isRead(catalog, source.name())) {
                step(engine, reader, catalog, names, source.name());
              }
            }
            while (!isFinished(reader, catalog)) {
              step(engine, reader, catalog, names, "");
            }
            return null;
          });
    } catch (KafkaException e) {
      engine.requireAlive();
      throw new BrokenException("the broker does not answer: " + e.getMessage(), e);
    }
    return timings.time("write reports", () -> report(catalog, names, threshold));
  }

  private Map<String, String> connectorConfig(KnownSource source) {
    Map<String, String> config = new HashMap<>(source.config());
    config.put("source.name", source.name());
    if (config.containsKey(ScanSource.FOLDER_PATH)) {
      // What is ours is not read, should it lie in the folder.
      config.put("exclude", listed(request.out()) + "," + listed(request.data()));
    }
    return config;
  }

  /** A path as it may stand in a list of Connect's, which parts at commas. */
  private static String listed(Path path) {
    return path.toUri().toString().replace(",", "%2C");
  }

  private void step(
      Engine engine, CatalogReader reader, Catalog catalog, Set<String> names, String reading) {
    if (stopping) {
      throw new StoppedException();
    }
    engine.requireAlive();
    if (!reading.isEmpty()) {
      engine
          .failureOf(reading)
          .ifPresent(trace -> {
            throw new BrokenException("can't read %s: %s".formatted(reading, trace));
          });
    }
    reader.poll(POLL);
    noteFirst(catalog.isEmpty(), "first image");
    noteFirst(catalog.verdicts() == 0, "first verdict");
    if (display.isDue()) {
      display.show(
          catalog.counts(names),
          reading.isEmpty(),
          engine.unavailableHosts(catalog.oldestUnjudged().map(row -> row.image().source())));
    }
  }

  private void noteFirst(boolean isStillToCome, String phase) {
    if (!isStillToCome && noted.add(phase)) {
      timings.add(phase + " after", Duration.ofNanos(System.nanoTime() - startedAt));
    }
  }

  private static boolean isRead(Catalog catalog, String source) {
    return catalog.progressOf(source).map(SourceProgress::complete).orElse(false);
  }

  private static boolean isFinished(CatalogReader reader, Catalog catalog) {
    return catalog.unjudged() == 0 && reader.isCaughtUp() && catalog.unjudged() == 0;
  }

  private ScanSummary report(Catalog catalog, Set<String> names, Threshold threshold) {
    ScanReport report = ScanReport.of(catalog, names);
    List<Path> files;
    try {
      files = request.reports().write(request.out(), report);
    } catch (IOException e) {
      throw new BrokenException(
          "can't write the reports to %s: %s".formatted(request.out(), e.getMessage()), e);
    }
    long skipped =
        names.stream()
            .flatMap(name -> catalog.progressOf(name).stream())
            .mapToLong(SourceProgress::skipped)
            .sum();
    return Summaries.of(
        report,
        skipped,
        (System.nanoTime() - startedAt) / 1e9,
        request.fingerprints().thumbnails() ? Summaries.readSince(report, begin) : 0,
        request.data(),
        threshold,
        files,
        report.unknownAttributes(request.reports().rollUp()),
        Matching.outgrown(catalog, threshold));
  }
}
