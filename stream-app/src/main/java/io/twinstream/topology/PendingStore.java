package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The queue of events without a result, durable. It has lanes, each for what may hold up nothing
 * but itself. In a lane rows lie in the order in which they are to be worked on: {@code 'E', length
 * of the lane's name, name, rank, offset → place of the image's event before, event}, rank and
 * offset big-endian. Beside them {@code 'I', image key → place} finds the latest event of an image.
 * What lanes and ranks mean is up to the caller, who reads on from where it stopped, so that
 * RocksDB never walks over the tombstones of finished rows again.
 */
final class PendingStore {
  static final String NAME = "pending";

  private static final byte EVENT = 'E';
  private static final byte IMAGE = 'I';
  private static final Bytes FIRST_KEY = Bytes.wrap(new byte[] {EVENT});
  private static final Bytes END_KEY = Bytes.wrap(new byte[] {EVENT + 1});
  private static final int MAX_LANE_BYTES = 255;

  private final KeyValueStore<Bytes, byte[]> store;
  // How many rows there are before this key.
  private long size;
  private Bytes countedTo = FIRST_KEY;

  PendingStore(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingEnabled(Topics.changelog())
        .withCachingDisabled();
  }

  /**
   * Where a row lies.
   *
   * @param lane of at most {@value #MAX_LANE_BYTES} bytes in UTF-8
   */
  record Place(String lane, long rank, long offset) implements Comparable<Place> {
    /** Before every row of a lane. */
    static Place startOf(String lane) {
      return new Place(lane, 0, -1);
    }

    @Override
    public int compareTo(Place other) {
      int byLane = lane.compareTo(other.lane);
      int byRank = byLane != 0 ? byLane : Long.compare(rank, other.rank);
      return byRank != 0 ? byRank : Long.compare(offset, other.offset);
    }
  }

  /**
   * A row.
   *
   * @param before where the event before of the same image lies, if that has no result yet, either
   */
  record Row(Place place, PendingEvent event, Optional<Place> before) {}

  /** A name for a lane, made of a text of any length. */
  static String laneName(String text) {
    return text.getBytes(UTF_8).length <= MAX_LANE_BYTES
        ? text
        : Integer.toHexString(text.hashCode()) + " " + text.substring(0, MAX_LANE_BYTES / 8);
  }

  /** Files an event as the latest of its image. */
  Row add(Place place, PendingEvent event) {
    byte[] before = store.get(imageKey(event.key()));
    Row row = new Row(place, event, Optional.ofNullable(before).map(PendingStore::place));
    put(row);
    return row;
  }

  /** The same event at another place, which it is found at from now on. */
  Row move(Row row, Place place, PendingEvent event) {
    remove(row.place());
    Row moved = new Row(place, event, row.before());
    put(moved);
    return moved;
  }

  private void put(Row row) {
    update(row);
    resize(eventKey(row.place()), 1);
    store.put(imageKey(row.event().key()), placeBytes(row.place()));
  }

  /** Writes the event of a row anew; which event is the latest of its image stays. */
  void update(Row row) {
    byte[] before = row.before().map(PendingStore::placeBytes).orElseGet(() -> new byte[0]);
    byte[] event = row.event().toBytes();
    store.put(
        eventKey(row.place()),
        ByteBuffer.allocate(Short.BYTES + before.length + event.length)
            .putShort((short) before.length)
            .put(before)
            .put(event)
            .array());
  }

  void delete(Row row) {
    remove(row.place());
    if (isLatest(row)) {
      store.delete(imageKey(row.event().key()));
    }
  }

  private void remove(Place place) {
    Bytes key = eventKey(place);
    store.delete(key);
    resize(key, -1);
  }

  /** How many events it has, or, before all have been {@link #count}ed, how many at least. */
  long size() {
    return size;
  }

  /**
   * Counts on what was there from the start: a number that is kept in the store would cost a write
   * for each event.
   *
   * @param rows how many at most
   */
  void count(int rows) {
    if (countedTo.equals(END_KEY)) {
      return;
    }
    try (KeyValueIterator<Bytes, byte[]> range = store.range(countedTo, END_KEY)) {
      for (int i = 0; i < rows && range.hasNext(); i++) {
        range.next();
        size++;
      }
      countedTo = range.hasNext() ? range.peekNextKey() : END_KEY;
    }
  }

  private void resize(Bytes key, int by) {
    if (key.compareTo(countedTo) < 0) {
      size += by;
    }
  }

  /** Whether no later event of the same image was filed. */
  boolean isLatest(Row row) {
    byte[] latest = store.get(imageKey(row.event().key()));
    return latest != null && place(latest).equals(row.place());
  }

  Optional<Row> get(Place place) {
    return Optional.ofNullable(store.get(eventKey(place))).map(bytes -> row(place, bytes));
  }

  /** When the event at a place came, ms since the epoch. */
  OptionalLong filedAt(Place place) {
    byte[] value = store.get(eventKey(place));
    return value == null
        ? OptionalLong.empty()
        : OptionalLong.of(
            PendingEvent.filedAt(value, Short.BYTES + ByteBuffer.wrap(value).getShort()));
  }

  /** All events of an image that have no result yet, the oldest first. */
  List<Row> find(ImageKey key) {
    List<Row> rows = new ArrayList<>(1);
    Optional<Row> row =
        Optional.ofNullable(store.get(imageKey(key))).map(PendingStore::place).flatMap(this::get);
    while (row.isPresent()) {
      rows.addFirst(row.get());
      // What had its result is gone, and all before it: nothing of an image overtakes.
      row = row.get().before().flatMap(this::get);
    }
    return rows;
  }

  /** The next places of a lane in order: those after the given one, so many at most. */
  List<Place> next(Place after, int limit) {
    List<Place> places = new ArrayList<>(Math.min(limit, 64));
    Bytes from = eventKey(new Place(after.lane(), after.rank(), after.offset() + 1));
    Bytes to = eventKey(endOf(after.lane()));
    try (KeyValueIterator<Bytes, byte[]> range = store.range(from, to)) {
      while (places.size() < limit && range.hasNext()) {
        places.add(eventPlace(range.next().key));
      }
    }
    return places;
  }

  /** The first place of the first lane after the given one, as bytes order them. */
  Optional<Place> firstAfter(String lane) {
    return first(eventKey(endOf(lane)));
  }

  /** The first place of all. */
  Optional<Place> first() {
    return first(FIRST_KEY);
  }

  private Optional<Place> first(Bytes from) {
    try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, END_KEY)) {
      return rows.hasNext() ? Optional.of(eventPlace(rows.next().key)) : Optional.empty();
    }
  }

  /** The rank of the last row of a lane, 0 if there is none. */
  long lastRank(String lane) {
    try (KeyValueIterator<Bytes, byte[]> rows =
        store.reverseRange(eventKey(new Place(lane, 0, 0)), eventKey(endOf(lane)))) {
      return rows.hasNext() ? eventPlace(rows.next().key).rank() : 0;
    }
  }

  private static Place endOf(String lane) {
    return new Place(lane, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static Row row(Place place, byte[] value) {
    int length = ByteBuffer.wrap(value).getShort();
    Optional<Place> before =
        length == 0
            ? Optional.empty()
            : Optional.of(place(ByteBuffer.wrap(value, Short.BYTES, length)));
    return new Row(place, PendingEvent.ofBytes(value, Short.BYTES + length), before);
  }

  private static Bytes eventKey(Place place) {
    byte[] where = placeBytes(place);
    return Bytes.wrap(ByteBuffer.allocate(1 + where.length).put(EVENT).put(where).array());
  }

  private static Bytes imageKey(ImageKey key) {
    byte[] bytes = ImageKeySerde.write(key);
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(IMAGE).put(bytes).array());
  }

  static boolean isEventKey(byte[] key) {
    return key[0] == EVENT;
  }

  private static Place eventPlace(Bytes key) {
    return eventPlace(key.get());
  }

  static Place eventPlace(byte[] key) {
    return place(ByteBuffer.wrap(key, 1, key.length - 1));
  }

  private static byte[] placeBytes(Place place) {
    byte[] lane = place.lane().getBytes(UTF_8);
    return ByteBuffer.allocate(1 + lane.length + 2 * Long.BYTES)
        .put((byte) lane.length)
        .put(lane)
        .putLong(place.rank())
        .putLong(place.offset())
        .array();
  }

  private static Place place(byte[] bytes) {
    return place(ByteBuffer.wrap(bytes));
  }

  private static Place place(ByteBuffer bytes) {
    byte[] lane = new byte[bytes.get() & 0xFF];
    bytes.get(lane);
    return new Place(new String(lane, UTF_8), bytes.getLong(), bytes.getLong());
  }
}
