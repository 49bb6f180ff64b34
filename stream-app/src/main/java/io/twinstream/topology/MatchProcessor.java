package io.twinstream.topology;

import io.twinstream.match.Judgement;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Matcher;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each result of fetching to the matcher and writes down what it says: state, log record and
 * verdict in one transaction. The one writer of all verdicts of an image. An exception fails the
 * task: to go on would part the index from the log.
 */
final class MatchProcessor implements Processor<ImageKey, FetchResult, Object, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(MatchProcessor.class);
  private static final Duration MEASURED_EVERY = Duration.ofSeconds(10);

  private final MatchSettings settings;
  private final InstantSource clock;
  private ProcessorContext<Object, Object> context;
  private IndexedStore store;
  private Matcher matcher;
  private OutgrownPreset outgrown;

  /** For one task. */
  MatchProcessor(MatchSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
    store = context.getStateStore(RocksDbFingerprintStore.FINGERPRINTS);
    RocksDbFingerprintStore rows =
        new RocksDbFingerprintStore(
            store.rows(),
            context.getStateStore(RocksDbFingerprintStore.IMAGES),
            settings.threshold().algorithm());
    matcher = new Matcher(settings, rows, store.index());
    if (!matcher.threshold().equals(settings.threshold())) {
      LOG.info(
          "The radius that was adopted holds, not that of the options: partition={} adopted={}"
              + " options={}",
          partition(),
          matcher.threshold().radius(),
          settings.threshold().radius());
    }
    store.serve(matcher);
    store.measure();
    context.schedule(MEASURED_EVERY, PunctuationType.WALL_CLOCK_TIME, _ -> store.measure());
    outgrown = new OutgrownPreset(context, matcher.threshold());
  }

  @Override
  public void close() {
    matcher = null;
    store.retire();
    outgrown.close();
  }

  @Override
  public void process(Record<ImageKey, FetchResult> record) {
    switch (record.value()) {
      case FetchResult.Fingerprinted result -> judge(record, result);
      case FetchResult.Failed result ->
          emit(
              record,
              new Verdict.DownloadFailed(
                  result.event(),
                  result.image(),
                  Verdict.LIVE,
                  now(),
                  result.reason(),
                  result.detail(),
                  result.retryable(),
                  result.httpStatus(),
                  result.attempts()));
      case FetchResult.Removed result -> {
        if (store.inTurn(() -> matcher.remove(record.key()))) {
          context.forward(record.withValue(null), NodeNames.IMAGE_FINGERPRINTS);
        }
        context.forward(record.withValue(null), NodeNames.IMAGE_STATE);
      }
      case FetchResult.ThresholdsAdopted result -> adopt(record, result);
    }
  }

  private void adopt(Record<ImageKey, FetchResult> record, FetchResult.ThresholdsAdopted result) {
    Threshold before = matcher.threshold();
    Threshold now = result.threshold();
    if (!now.algorithm().equals(before.algorithm())) {
      LOG.warn(
          "A threshold is not adopted, it is of another algorithm: partition={} run={} adopted={}"
              + " matched={}",
          partition(),
          result.run(),
          now,
          before);
      return;
    }
    store
        .inTurn(() -> matcher.adopt(now.radius()))
        .ifPresent(position -> {
          LOG.info(
              "Matching by another radius: partition={} run={} position={} radius={} before={}",
              partition(),
              result.run(),
              position,
              now.radius(),
              before.radius());
          outgrown.close();
          outgrown = new OutgrownPreset(context, now);
          context.forward(
              record
                  .withKey(partition())
                  .withValue(new ThresholdChange(position, now, before, result.run(), result.at())),
              NodeNames.THRESHOLD_CHANGES);
        });
  }

  private int partition() {
    return context.taskId().partition();
  }

  private void judge(Record<ImageKey, FetchResult> record, FetchResult.Fingerprinted result) {
    Judgement judgement = store.inTurn(() -> matcher.judge(record.key(), result.fingerprint()));
    if (judgement.logged()) {
      String collection = record.key().collection();
      outgrown.check(collection, matcher.size(collection));
      context.forward(
          record.withValue(
              new FingerprintRecord(
                  judgement.position(), result.event(), result.image(), result.fingerprint())),
          NodeNames.IMAGE_FINGERPRINTS);
    }
    emit(
        record,
        judgement.verdict(
            result.event(),
            result.image(),
            result.fingerprint(),
            Verdict.LIVE,
            now(),
            matcher.threshold()));
  }

  private void emit(Record<ImageKey, FetchResult> record, Verdict verdict) {
    String topic =
        switch (verdict) {
          case Verdict.Unique unique -> NodeNames.UNIQUE;
          case Verdict.DuplicateFound duplicate -> NodeNames.DUPLICATE_FOUND;
          case Verdict.DownloadFailed failed -> NodeNames.DOWNLOAD_FAILED;
        };
    context.forward(record.withValue(verdict), topic);
    context.forward(record.withValue(verdict), NodeNames.IMAGE_STATE);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
