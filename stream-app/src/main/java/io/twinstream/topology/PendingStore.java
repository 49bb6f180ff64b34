package io.twinstream.topology;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The queue of events without a result, durable. Rows lie in the order in which they are to be
 * worked on: {@code 'E', rank, offset → event}, both numbers big-endian; beside them {@code 'I',
 * image key → rank, offset} finds the one event of an image. What the rank means is up to the
 * caller; reading goes on from where it stopped, so that RocksDB never walks over the tombstones of
 * finished rows again.
 */
final class PendingStore {
  static final String NAME = "pending";

  private static final byte EVENT = 'E';
  private static final byte IMAGE = 'I';
  private static final int PLACE_BYTES = 2 * Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;

  PendingStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Topics.compacted())
        .withCachingDisabled();
  }

  /** Where a row lies. */
  record Place(long rank, long offset) implements Comparable<Place> {
    /** Before every row. */
    static final Place START = new Place(0, -1);

    @Override
    public int compareTo(Place other) {
      int byRank = Long.compare(rank, other.rank);
      return byRank != 0 ? byRank : Long.compare(offset, other.offset);
    }
  }

  /** A row. */
  record Row(Place place, PendingEvent event) {}

  void put(Row row) {
    store.put(eventKey(row.place()), row.event().toBytes());
    store.put(imageKey(row.event().key()), placeBytes(row.place()));
  }

  /** Writes the event of a row anew; which event is the latest of its image stays. */
  void update(Row row) {
    store.put(eventKey(row.place()), row.event().toBytes());
  }

  void delete(Row row) {
    store.delete(eventKey(row.place()));
    if (isLatest(row)) {
      store.delete(imageKey(row.event().key()));
    }
  }

  /** Whether no later event of the same image was filed. */
  boolean isLatest(Row row) {
    byte[] latest = store.get(imageKey(row.event().key()));
    return latest != null && place(latest, 0).equals(row.place());
  }

  /** The latest event of an image, if it has no result yet. */
  Optional<Row> find(ImageKey key) {
    byte[] place = store.get(imageKey(key));
    if (place == null) {
      return Optional.empty();
    }
    Place at = place(place, 0);
    return Optional.of(new Row(at, PendingEvent.ofBytes(store.get(eventKey(at)))));
  }

  /**
   * The next rows in order.
   *
   * @param after only later rows
   * @param maxRank only rows of this rank and below
   * @param limit how many at most
   */
  List<Row> next(Place after, long maxRank, int limit) {
    List<Row> rows = new ArrayList<>(Math.min(limit, 64));
    Bytes from = eventKey(new Place(after.rank(), after.offset() + 1));
    Bytes to = eventKey(new Place(maxRank, Long.MAX_VALUE));
    if (limit == 0 || from.compareTo(to) > 0) {
      return rows;
    }
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      while (rows.size() < limit && range.hasNext()) {
        var entry = range.next();
        rows.add(new Row(place(entry.key.get(), 1), PendingEvent.ofBytes(entry.value)));
      }
    }
    return rows;
  }

  /** The rank of the last row, 0 if there is none. */
  long lastRank() {
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.reverseRange(
            eventKey(new Place(0, 0)), eventKey(new Place(Long.MAX_VALUE, Long.MAX_VALUE)))) {
      return rows.hasNext() ? place(rows.next().key.get(), 1).rank() : 0;
    }
  }

  private static Bytes eventKey(Place place) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + PLACE_BYTES)
            .put(EVENT)
            .putLong(place.rank())
            .putLong(place.offset())
            .array());
  }

  private static Bytes imageKey(ImageKey key) {
    byte[] bytes = ImageKeySerde.write(key);
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(IMAGE).put(bytes).array());
  }

  private static byte[] placeBytes(Place place) {
    return ByteBuffer.allocate(PLACE_BYTES).putLong(place.rank()).putLong(place.offset()).array();
  }

  private static Place place(byte[] bytes, int from) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, PLACE_BYTES);
    return new Place(buffer.getLong(), buffer.getLong());
  }
}
