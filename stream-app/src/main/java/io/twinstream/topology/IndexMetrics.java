package io.twinstream.topology;

import io.twinstream.index.IndexStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.StateStoreContext;

/**
 * The index of a task among the metrics of Kafka Streams: group {@value #GROUP}, tagged with the
 * task. Thread-safe.
 */
final class IndexMetrics {
  static final String GROUP = "twinstream-index-metrics";

  private final StreamsMetrics metrics;
  private final String task;
  private final List<Gauge> gauges = new ArrayList<>();
  private final Sensor images;
  private final Sensor featureless;
  private final Sensor built;
  private final Sensor buildTime;
  private volatile Duration lastBuild = Duration.ZERO;

  private record Gauge(Sensor sensor, ToLongFunction<IndexStats> value) {}

  IndexMetrics(StateStoreContext context) {
    metrics = context.metrics();
    task = context.taskId().toString();
    built = sensor("build-images", "Images that building it has read so far.");
    buildTime = sensor("build-ms", "How long building it has taken, or takes already, in ms.");
    images = sensor("images", "Images in it.");
    featureless =
        sensor("featureless", "Of these, those that are found by their bytes or pixels alone.");
    gauge("codes", "Different codes in it, those of all parts of pictures.", IndexStats::codes);
    gauge(
        "shared-codes",
        "Codes that more than %d images share.".formatted(IndexStats.HOT),
        IndexStats::shared);
    gauge("bytes", "Memory in use.", IndexStats::bytes);
    gauge("lookups", "Codes that were looked up since it was built.", IndexStats::searches);
    gauge("scans", "Of these, those that read every code.", IndexStats::scans);
    gauge("probes", "Buckets that the others looked into.", IndexStats::probes);
    gauge("candidates", "Codes in these that were compared as a whole.", IndexStats::candidates);
  }

  private void gauge(String name, String description, ToLongFunction<IndexStats> value) {
    gauges.add(new Gauge(sensor(name, description), value));
  }

  private Sensor sensor(String name, String description) {
    String full = "index-" + name;
    Sensor sensor = metrics.addSensor("%s-%s".formatted(full, task), RecordingLevel.INFO);
    sensor.add(new MetricName(full, GROUP, description, Map.of("task-id", task)), new Value());
    return sensor;
  }

  /** Building has come so far. */
  void building(long read, Duration taken) {
    built.record((double) read);
    buildTime.record((double) taken.toMillis());
    lastBuild = taken;
  }

  /** How long building took. */
  Duration buildTime() {
    return lastBuild;
  }

  void record(IndexStatus status) {
    IndexStats total = status.total();
    images.record((double) status.images());
    featureless.record((double) status.featureless());
    gauges.forEach(gauge -> gauge.sensor.record((double) gauge.value.applyAsLong(total)));
  }

  void close() {
    gauges.forEach(gauge -> metrics.removeSensor(gauge.sensor));
    metrics.removeSensor(images);
    metrics.removeSensor(featureless);
    metrics.removeSensor(built);
    metrics.removeSensor(buildTime);
  }
}
