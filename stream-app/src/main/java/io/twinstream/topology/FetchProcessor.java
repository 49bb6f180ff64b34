package io.twinstream.topology;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The durable asynchronous fetch operator. {@code process} only files the event; all else happens
 * in the punctuator, on the stream thread: finished loads are drained, each result is forwarded and
 * its row deleted in one transaction, and due rows are started. A load that was under way when the
 * task moved or the process died is simply started again from its row.
 */
final class FetchProcessor implements Processor<ImageKey, ImageMetadata, ImageKey, Object> {
  /** About a millisecond. */
  private static final int COUNTED_PER_TICK = 1000;

  private final FetchSettings settings;
  private final FetchParts parts;
  private final RandomGenerator random;
  private final String eventTopic;

  private ProcessorContext<ImageKey, Object> context;
  private PendingStore pending;
  private Worklist worklist;
  private PendingMetrics metrics;
  private Cancellable ticking;

  /**
   * For one task.
   *
   * @param eventTopic the name of {@code image-metadata}, for event ids
   */
  FetchProcessor(
      FetchSettings settings, FetchParts parts, RandomGenerator random, String eventTopic) {
    this.settings = settings;
    this.parts = parts;
    this.random = random;
    this.eventTopic = eventTopic;
  }

  @Override
  public void init(ProcessorContext<ImageKey, Object> context) {
    this.context = context;
    pending = new PendingStore(context.getStateStore(PendingStore.NAME));
    Results results = new Results(context, eventTopic);
    // New ones each time a task starts, so that what an earlier generation still has under way
    // goes nowhere.
    worklist =
        switch (settings.order()) {
          case ARRIVAL -> new ArrivalWorklist(settings, parts, pending, results, random);
          case SOURCE -> new SourceWorklist(settings, parts, pending, results, random);
        };
    metrics = new PendingMetrics(context);
    ticking = context.schedule(settings.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  @Override
  public void process(Record<ImageKey, ImageMetadata> record) {
    long now = context.currentSystemTimeMs();
    worklist.accept(
        new PendingEvent(
            context.recordMetadata().orElseThrow().offset(),
            record.key(),
            record.value(),
            record.timestamp(),
            record.headers(),
            now,
            0,
            now,
            Optional.empty()));
  }

  private void tick(long now) {
    worklist.tick(now);
    pending.count(COUNTED_PER_TICK);
    metrics.refresh(now, pending, worklist);
  }

  @Override
  public void close() {
    // A task that is revived keeps its punctuators, and init makes a new one.
    ticking.cancel();
    worklist.close();
    metrics.close();
  }
}
