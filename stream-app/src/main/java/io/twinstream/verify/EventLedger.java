package io.twinstream.verify;

import io.twinstream.schema.EventId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of each record of a partition of {@code image-metadata}: an event has to have one
 * outcome, which is a verdict or a dead letter, a removal none. 21 bytes an offset, and some 100 an
 * image. Confined to one thread.
 */
public final class EventLedger {
  private static final byte MANY = Byte.MAX_VALUE;

  /** What a record is. */
  public enum Kind {
    /** There is none at that offset. */
    NONE,
    EVENT,
    REMOVAL,
    /** Nobody can read it as an event. */
    UNREADABLE
  }

  private final String topic;
  private final int partition;
  private final long start;
  // By offset less the start.
  private long[] keys = new long[16];
  private Kind[] kinds = new Kind[16];
  private byte[] outcomes = new byte[16];
  private long[] times = new long[16];
  private final Map<Long, Long> latest = new HashMap<>();
  private long end;

  /**
   * @param topic {@code image-metadata} by its full name
   * @param start the first offset that is there
   */
  public EventLedger(String topic, int partition, long start) {
    this.topic = topic;
    this.partition = partition;
    this.start = start;
    this.end = start;
  }

  /**
   * Enters a record.
   *
   * @param key as it stands in the topic
   * @param time of the record, ms since the epoch
   */
  public void enter(long offset, byte[] key, Kind kind, long time) {
    int at = Math.toIntExact(offset - start);
    if (at >= kinds.length) {
      int size = Math.max(at + 1, kinds.length + kinds.length / 2);
      keys = Arrays.copyOf(keys, size);
      kinds = Arrays.copyOf(kinds, size);
      outcomes = Arrays.copyOf(outcomes, size);
      times = Arrays.copyOf(times, size);
    }
    long hash = hash(key);
    keys[at] = hash;
    times[at] = time;
    kinds[at] = kind;
    if (kind != Kind.UNREADABLE) {
      latest.put(hash, offset);
    }
    end = Math.max(end, offset + 1);
  }

  /** Enters a verdict. One of an event that has expired, or has come since, is passed over. */
  public void verdict(EventId event) {
    if (event.offset() >= start && event.offset() < end) {
      outcome(event.offset());
    }
  }

  /**
   * What is wrong with a verdict, for a person; empty if nothing is.
   *
   * @param key of its image, as it stands in topics
   * @param superseded whether it says that something newer came
   */
  public String complaint(EventId event, byte[] key, boolean superseded) {
    if (event.offset() < start || event.offset() >= end) {
      return "";
    }
    int at = (int) (event.offset() - start);
    return switch (kind(at)) {
      case NONE -> "there is no such event";
      case REMOVAL -> "its event is a removal";
      case UNREADABLE -> "its event can't be read";
      case EVENT ->
          keys[at] != hash(key)
              ? "its event is of another image"
              : superseded && isLatest(event.offset()) ? "nothing newer came than its event" : "";
    };
  }

  /** Whether nothing came after an event that is of the same image. */
  public boolean isLatest(long offset) {
    return offset >= start
        && offset < end
        && latest.getOrDefault(keys[(int) (offset - start)], -1L) == offset;
  }

  /** The last record of an image, if it has any here. */
  public Optional<EventId> latest(byte[] key) {
    return Optional.ofNullable(latest.get(hash(key)))
        .map(offset -> new EventId(topic, partition, offset));
  }

  /** Whether a record is a removal. */
  public boolean isRemoval(EventId event) {
    return kind((int) (event.offset() - start)) == Kind.REMOVAL;
  }

  private Kind kind(int at) {
    return kinds[at] == null ? Kind.NONE : kinds[at];
  }

  /** The time of an event's record, ms since the epoch. */
  public long time(EventId event) {
    return times[(int) (event.offset() - start)];
  }

  /**
   * Enters a dead letter of a record. One of a record that has expired, or has come since, is
   * passed over.
   *
   * @return whether that is what has to become of it
   */
  public boolean deadLetter(long offset) {
    if (offset < start || offset >= end) {
      return true;
    }
    outcome(offset);
    return kind((int) (offset - start)) == Kind.UNREADABLE;
  }

  private void outcome(long offset) {
    int at = (int) (offset - start);
    outcomes[at] = (byte) Math.min(MANY, outcomes[at] + 1);
  }

  /** How many events there are, those that can't be read among them; removals are none. */
  public long events() {
    long events = 0;
    for (int at = 0; at < end - start; at++) {
      events += isOwed(at) ? 1 : 0;
    }
    return events;
  }

  /** Whether it has to have an outcome. */
  private boolean isOwed(int at) {
    return kind(at) == Kind.EVENT || kind(at) == Kind.UNREADABLE;
  }

  /**
   * The events without an outcome.
   *
   * @param before lower offsets only
   */
  public List<EventId> missing(long before) {
    List<EventId> missing = new ArrayList<>();
    for (int at = 0; at < Math.min(end, before) - start; at++) {
      if (isOwed(at) && outcomes[at] == 0) {
        missing.add(new EventId(topic, partition, start + at));
      }
    }
    return missing;
  }

  /** The events with more than one outcome, by offset, and how many that are, 127 at most. */
  public Map<EventId, Integer> doubled() {
    Map<EventId, Integer> doubled = new LinkedHashMap<>();
    for (int at = 0; at < end - start; at++) {
      if (outcomes[at] > 1) {
        doubled.put(new EventId(topic, partition, start + at), (int) outcomes[at]);
      }
    }
    return doubled;
  }

  /** FNV-1a of 64 bits, well spread enough to tell the images of a topic apart. */
  private static long hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte one : key == null ? new byte[0] : key) {
      hash = (hash ^ (one & 0xFF)) * 0x100000001b3L;
    }
    return hash;
  }
}
