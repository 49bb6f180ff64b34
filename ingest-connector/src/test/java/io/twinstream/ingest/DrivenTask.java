package io.twinstream.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A task under the hands of a test, which does what Connect's worker would. */
public final class DrivenTask implements AutoCloseable {
  private static final int MOST_POLLS = 1_000;

  private final SourceTask task;
  private final MemoryOffsets offsets;

  /** Starts the task. */
  public DrivenTask(SourceTask task, MemoryOffsets offsets, Map<String, String> properties) {
    this.task = task;
    this.offsets = offsets;
    task.initialize(new Context(properties, offsets));
    task.start(properties);
  }

  /** Settings with some of them changed. */
  public static Map<String, String> with(Map<String, String> settings, String... changes) {
    Map<String, String> changed = new HashMap<>(settings);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put(changes[i], changes[i + 1]);
    }
    return changed;
  }

  /** One batch; empty if there is nothing. Nothing of it is committed. */
  public Told poll() {
    try {
      List<SourceRecord> records = task.poll();
      return new Told(records == null ? List.of() : records);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Polls up to the record that says the source was read to its end, and commits everything. */
  public Told readAll() {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 0; i < MOST_POLLS; i++) {
      Told batch = poll();
      records.addAll(batch.records());
      offsets.commit(batch.records());
      if (batch.progress().stream().anyMatch(progress -> progress.taskComplete())) {
        commit();
        return new Told(records);
      }
    }
    throw new AssertionError("the source has no end");
  }

  /** Tells the task that everything it gave was committed. */
  public void commit() {
    try {
      task.commit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    task.stop();
  }

  private record Context(Map<String, String> configs, OffsetStorageReader offsetStorageReader)
      implements SourceTaskContext {
    @Override
    public PluginMetrics pluginMetrics() {
      throw new UnsupportedOperationException();
    }
  }
}
