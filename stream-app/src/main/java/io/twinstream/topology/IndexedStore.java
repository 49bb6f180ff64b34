package io.twinstream.topology;

import io.twinstream.match.ImageIndex;
import io.twinstream.match.Matcher;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The rows of a task's fingerprints and the index over them, which lives no longer than the task is
 * at work: whatever ends that drops it, and it is built anew before the task goes on, here or
 * elsewhere. A standby has rows alone, which change without it.
 */
final class IndexedStore implements StateStore {
  private static final long PATIENCE_MS = 2000;

  private final KeyValueStore<Bytes, byte[]> rows;
  private final IndexBuilder builder;
  // Held while the matcher changes the index or looks something up in it.
  private final ReentrantLock turn = new ReentrantLock();
  private int partition;
  private IndexMetrics metrics;

  /** Null until it is built. */
  private ImageIndex index;

  /** Null unless the task is at work. */
  private Matcher matcher;

  IndexedStore(KeyValueStore<Bytes, byte[]> rows, IndexBuilder builder) {
    this.rows = rows;
    this.builder = builder;
  }

  @Override
  public String name() {
    return rows.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    partition = context.taskId().partition();
    rows.init(context, root);
    metrics = new IndexMetrics(context);
    builder.opened(partition, this);
  }

  /** The rows themselves. */
  KeyValueStore<Bytes, byte[]> rows() {
    return rows;
  }

  /** Builds the index over what is there now, which may take long. */
  void build() {
    // A new one must find room.
    retire();
    ImageIndex built = builder.build(partition, rows, metrics);
    inTurn(() -> index = built);
  }

  /** The index; it is built if nobody did so before. */
  ImageIndex index() {
    if (inTurn(() -> index) == null) {
      build();
    }
    return inTurn(() -> index);
  }

  /** Drops the index; what was made with it must not be used any more. */
  void retire() {
    inTurn(() -> {
      index = null;
      matcher = null;
      return null;
    });
  }

  /** Has a matcher answer queries from now on, which was made with the index of this store. */
  void serve(Matcher asked) {
    inTurn(() -> matcher = asked);
  }

  /** Tells the metrics how the index is. */
  void measure() {
    metrics.record(inTurn(this::status));
  }

  private IndexStatus status() {
    return new IndexStatus(
        matcher.threshold().radius(),
        index.size(),
        index.featureless(),
        index.collections(),
        index.stats(),
        metrics.buildTime());
  }

  /** Does something while nobody else uses the index. */
  <T> T inTurn(Supplier<T> action) {
    turn.lock();
    try {
      return action.get();
    } finally {
      turn.unlock();
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
    if (!(query instanceof IndexQuery<R> asked)) {
      return rows.query(query, bound, config);
    }
    if (!begin()) {
      return QueryResult.forFailure(
          FailureReason.STORE_EXCEPTION, "partition %d is busy".formatted(partition));
    }
    try {
      if (matcher == null) {
        return QueryResult.forFailure(
            FailureReason.STORE_EXCEPTION, "partition %d is not at work".formatted(partition));
      }
      return switch (asked) {
        case IndexQuery.Status _ -> (QueryResult<R>) QueryResult.forResult(status());
        case IndexQuery.LookUp lookUp ->
            (QueryResult<R>)
                QueryResult.forResult(
                    matcher.lookup(
                        lookUp.collection(), lookUp.code(), lookUp.radius(), lookUp.limit()));
      };
    } finally {
      turn.unlock();
    }
  }

  /** Waits for a turn, but not for ever. */
  private boolean begin() {
    try {
      return turn.tryLock(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    builder.closed(partition, this);
    retire();
    try {
      if (metrics != null) {
        metrics.close();
      }
    } finally {
      rows.close();
    }
  }

  @Override
  @SuppressWarnings("deprecation")
  public void flush() {
    rows.flush();
  }

  @Override
  public void commit(Map<TopicPartition, Long> offsets) {
    rows.commit(offsets);
  }

  @Override
  public Long committedOffset(TopicPartition changelog) {
    return rows.committedOffset(changelog);
  }

  @Override
  @SuppressWarnings("deprecation")
  public boolean managesOffsets() {
    return rows.managesOffsets();
  }

  @Override
  public boolean persistent() {
    return rows.persistent();
  }

  @Override
  public boolean isOpen() {
    return rows.isOpen();
  }

  @Override
  public Position getPosition() {
    return rows.getPosition();
  }
}
