package io.twinstream.topology;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What a fetching task has before it, beside the lag of its consumer, among the metrics of Kafka
 * Streams: group {@value #GROUP}, tagged with the task.
 */
final class PendingMetrics {
  static final String GROUP = "twinstream-fetch-metrics";

  /** Looking for the oldest event takes some reads. */
  private static final long INTERVAL_MS = 1000;

  private final StreamsMetrics metrics;
  private final Sensor rows;
  private final Sensor age;
  private long next;

  PendingMetrics(ProcessorContext<?, ?> context) {
    metrics = context.metrics();
    String task = context.taskId().toString();
    rows = sensor(task, "pending-rows", "Events without a result yet.");
    age =
        sensor(
            task,
            "pending-oldest-age-ms",
            "How long ago the oldest of those came that are next of their hosts, in ms; one that"
                + " waits for another try behind a younger one is not seen.");
  }

  private Sensor sensor(String task, String name, String description) {
    Sensor sensor = metrics.addSensor("%s-%s".formatted(name, task), RecordingLevel.INFO);
    sensor.add(new MetricName(name, GROUP, description, Map.of("task-id", task)), new Value());
    return sensor;
  }

  /** Measures if it is time to. */
  void refresh(long now, PendingStore pending, Worklist worklist) {
    if (now < next && next - now <= INTERVAL_MS) {
      return;
    }
    next = now + INTERVAL_MS;
    rows.record((double) pending.size());
    age.record((double) Math.max(0, now - worklist.oldest().orElse(now)));
  }

  void close() {
    metrics.removeSensor(rows);
    metrics.removeSensor(age);
  }
}
