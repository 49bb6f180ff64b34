package io.twinstream.topology;

import io.twinstream.match.Preset;
import io.twinstream.schema.Threshold;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a collection has more images than the preset is for that they are matched by: once in
 * the log, and among the metrics of Kafka Streams, group {@value #GROUP}, tagged with the task.
 */
final class OutgrownPreset {
  static final String GROUP = "twinstream-match-metrics";
  static final String NAME = "collections-outgrown";

  private static final Logger LOG = LoggerFactory.getLogger(OutgrownPreset.class);

  private final Optional<Preset> preset;
  private final StreamsMetrics metrics;
  private final Sensor outgrown;
  private final Set<String> told = new HashSet<>();

  OutgrownPreset(ProcessorContext<?, ?> context, Threshold threshold) {
    preset = Preset.of(threshold);
    metrics = context.metrics();
    String task = context.taskId().toString();
    outgrown = metrics.addSensor("%s-%s".formatted(NAME, task), RecordingLevel.INFO);
    outgrown.add(
        new MetricName(
            NAME,
            GROUP,
            "Collections with more images than the preset is for.",
            Map.of("task-id", task)),
        new Value());
    outgrown.record(0);
  }

  /** Looks at a collection that has so many images now. */
  void check(String collection, long images) {
    if (preset.filter(one -> one.isOutgrownBy(images)).isPresent() && told.add(collection)) {
      outgrown.record(told.size());
      LOG.warn(
          "Collection outgrows its preset, more of its matches are false from now on:"
              + " collection={} images={} preset={} largest={}",
          collection,
          images,
          preset.get(),
          preset.get().largest());
    }
  }

  void close() {
    metrics.removeSensor(outgrown);
  }
}
