package io.twinstream.topology;

import io.twinstream.index.HammingIndex;
import io.twinstream.match.ImageIndex;
import io.twinstream.schema.Threshold;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the index of each task when what its store lacked has been restored, on the thread that
 * restores: the task is not at work yet, its input waits in Kafka, and it has no transaction open
 * that could time out, however long this takes. (A rebalance that takes the task away meanwhile
 * waits for the end of it, and other tasks of the stream thread with that.) Must be told by Kafka
 * Streams of the ends of restoring; else a task builds its index itself when it starts. For one
 * instance of the app; thread-safe.
 */
public final class IndexBuilder implements StateRestoreListener {
  private static final Logger LOG = LoggerFactory.getLogger(IndexBuilder.class);
  private static final long LOG_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int BETWEEN_LOOKS = 4096;

  private final Threshold threshold;
  private final IntFunction<HammingIndex> newIndex;
  private final Map<Integer, IndexedStore> stores = new ConcurrentHashMap<>();
  private volatile boolean stopped;

  /**
   * For an app.
   *
   * @param threshold by which will be matched, but for the radius where another was adopted
   * @param newIndex makes an empty index for codes of the given width in bits
   */
  public IndexBuilder(Threshold threshold, IntFunction<HammingIndex> newIndex) {
    this.threshold = threshold;
    this.newIndex = newIndex;
  }

  /** Makes stores whose indexes are built here. */
  StoreBuilder<IndexedStore> stores() {
    return new IndexedStoreBuilder(
        RocksDbFingerprintStore.builder(RocksDbFingerprintStore.FINGERPRINTS), this);
  }

  void opened(int partition, IndexedStore store) {
    stores.put(partition, store);
  }

  void closed(int partition, IndexedStore store) {
    stores.remove(partition, store);
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    // Nothing is there to be built over.
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
    // More may come.
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    IndexedStore restored = stores.get(changelog.partition());
    if (store.equals(RocksDbFingerprintStore.FINGERPRINTS) && restored != null && !stopped) {
      try {
        restored.build();
      } catch (CancellationException e) {
        LOG.info("Stopped while building an index: partition={}", changelog.partition());
      } catch (Error e) {
        // The thread that restores would die of it unheard.
        throw new StreamsException(
            "can't build the index of partition %d: %s".formatted(changelog.partition(), e), e);
      }
    }
  }

  /**
   * The index over rows.
   *
   * @throws CancellationException if the app is stopped meanwhile
   * @throws RefusedStoreException if the rows were written with another layout or algorithm
   */
  ImageIndex build(int partition, KeyValueStore<Bytes, byte[]> rows, IndexMetrics metrics) {
    StoreMark mark = RocksDbFingerprintStore.mark(rows, threshold.algorithm());
    Progress progress = new Progress(partition, metrics);
    ImageIndex index = new ImageIndex(newIndex);
    RocksDbFingerprintStore.forEach(
        rows,
        stored -> {
          index.add(stored);
          progress.count();
        });
    index.prepare(mark.adoptedRadius().orElse(threshold.radius()));
    progress.end();
    return index;
  }

  private final class Progress {
    private final long start = System.nanoTime();
    private final int partition;
    private final IndexMetrics metrics;
    private long read;
    private long lastLog = start;

    private Progress(int partition, IndexMetrics metrics) {
      this.partition = partition;
      this.metrics = metrics;
    }

    private void count() {
      if (++read % BETWEEN_LOOKS != 0) {
        return;
      }
      if (stopped) {
        throw new CancellationException("the app is stopped while it builds an index");
      }
      metrics.building(read, taken());
      if (System.nanoTime() - lastLog > LOG_INTERVAL_NANOS) {
        lastLog = System.nanoTime();
        LOG.info(
            "Building an index: partition={} images={} ms={}", partition, read, taken().toMillis());
      }
    }

    private void end() {
      metrics.building(read, taken());
      LOG.info("Built an index: partition={} images={} ms={}", partition, read, taken().toMillis());
    }

    private Duration taken() {
      return Duration.ofNanos(System.nanoTime() - start);
    }
  }

  /** Ends what is being built; the app is stopped after that. */
  public void stop() {
    stopped = true;
  }
}
