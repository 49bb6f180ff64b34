package io.twinstream.topology;

import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Reads the changelog of the queue of events without a result, a record at a time. The last record
 * of each key counts, and a row moves from key to key. This is an internal form: it may change with
 * any release, so it is read by the release that writes it and by nobody else.
 */
public final class PendingChangelog {
  private PendingChangelog() {}

  /** The name of the topic; it is partitioned as {@code image-metadata} is. */
  public static String topic(Topics topics) {
    return "%s-%s-changelog".formatted(topics.applicationId(), PendingStore.NAME);
  }

  /** Whether a key is that of a row; others only help to find rows. */
  public static boolean isRow(byte[] key) {
    return PendingStore.isEventKey(key);
  }

  /** The host that a row waits for, of its key; empty for sources that bother nobody. */
  public static String host(byte[] key) {
    return PendingStore.eventPlace(key).lane();
  }

  /**
   * What a row says of time and image, at a small part of the price of all.
   *
   * @param filedAt when it came, ms since the epoch
   * @param dueAt when it may be tried next, ms since the epoch
   */
  public record Head(ImageKey image, long filedAt, long dueAt) {}

  /** Of a row's value. */
  public static Head head(byte[] value) {
    PendingEvent.Head head = PendingEvent.headOfBytes(value, eventStart(value));
    return new Head(head.key(), head.filedAt(), head.dueAt());
  }

  /**
   * All of a row.
   *
   * @param topics where its event stands
   * @param partition of the record
   */
  public static PendingRow row(Topics topics, int partition, byte[] key, byte[] value) {
    PendingEvent event = PendingEvent.ofBytes(value, eventStart(value));
    return new PendingRow(
        new EventId(topics.imageMetadata(), partition, event.offset()),
        event.key(),
        host(key),
        event.image() == null ? "" : event.address(),
        event.attempts(),
        Instant.ofEpochMilli(event.filedAt()),
        Instant.ofEpochMilli(event.dueAt()));
  }

  private static int eventStart(byte[] value) {
    return Short.BYTES + ByteBuffer.wrap(value).getShort();
  }
}
