package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * An event that has no result yet.
 *
 * @param offset of its record in its partition of {@code image-metadata}
 * @param key the image's
 * @param image what the event says; null if it removes the image
 * @param timestamp the record's, ms since the epoch
 * @param headers the record's
 * @param filedAt when it came, ms since the epoch
 * @param attempts how often it was tried
 * @param dueAt when it is to be tried next, ms since the epoch
 * @param moved where redirects have led this try; empty at its beginning
 */
record PendingEvent(
    long offset,
    ImageKey key,
    ImageMetadata image,
    long timestamp,
    Headers headers,
    long filedAt,
    int attempts,
    long dueAt,
    Optional<Moved> moved) {
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.smile(ImageMetadata.class);
  private static final int HEADER_ROOM = 512;

  /**
   * Where redirects have led.
   *
   * @param redirects how many
   */
  record Moved(String address, int redirects) {}

  /** What is to be asked for next. */
  String address() {
    return moved.map(Moved::address).orElseGet(image::source);
  }

  /** How many redirects led to that address. */
  int redirects() {
    return moved.map(Moved::redirects).orElse(0);
  }

  /** The same after one more try, with the time of the next, which begins at the source again. */
  PendingEvent triedAgainAt(long nextDueAt) {
    return new PendingEvent(
        offset, key, image, timestamp, headers, filedAt, attempts + 1, nextDueAt, Optional.empty());
  }

  /** The same within the same try, a little later. */
  PendingEvent putOffTo(long laterDueAt) {
    return new PendingEvent(
        offset, key, image, timestamp, headers, filedAt, attempts, laterDueAt, moved);
  }

  /** The same within the same try, at another address. */
  PendingEvent movedTo(Moved there, long now) {
    return new PendingEvent(
        offset, key, image, timestamp, headers, filedAt, attempts, now, Optional.of(there));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_ROOM);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(filedAt);
      out.writeLong(offset);
      out.writeLong(timestamp);
      out.writeInt(attempts);
      out.writeLong(dueAt);
      write(out, ImageKeySerde.write(key));
      write(out, IMAGE.write(image));
      out.writeBoolean(moved.isPresent());
      if (moved.isPresent()) {
        write(out, moved.get().address().getBytes(UTF_8));
        out.writeInt(moved.get().redirects());
      }
      Header[] all = headers.toArray();
      out.writeInt(all.length);
      for (Header header : all) {
        out.writeUTF(header.key());
        write(out, header.value());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to memory", e);
    }
    return bytes.toByteArray();
  }

  /** Of the bytes of an event only when it came. */
  static long filedAt(byte[] bytes, int from) {
    return ByteBuffer.wrap(bytes, from, Long.BYTES).getLong();
  }

  /** What stands before the image. */
  record Head(long filedAt, long offset, long timestamp, int attempts, long dueAt, ImageKey key) {}

  private static Head readHead(DataInputStream in) throws IOException {
    return new Head(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        ImageKeySerde.read(read(in)));
  }

  static Head headOfBytes(byte[] bytes, int from) {
    try (DataInputStream in = open(bytes, from)) {
      return readHead(in);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static DataInputStream open(byte[] bytes, int from) {
    return new DataInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from));
  }

  private static UncheckedIOException broken(IOException e) {
    return new UncheckedIOException("a row of the pending store is broken", e);
  }

  static PendingEvent ofBytes(byte[] bytes, int from) {
    try (DataInputStream in = open(bytes, from)) {
      Head head = readHead(in);
      ImageMetadata image = IMAGE.read(read(in));
      Optional<Moved> moved =
          in.readBoolean()
              ? Optional.of(new Moved(new String(read(in), UTF_8), in.readInt()))
              : Optional.empty();
      RecordHeaders headers = new RecordHeaders();
      for (int left = in.readInt(); left > 0; left--) {
        headers.add(in.readUTF(), read(in));
      }
      return new PendingEvent(
          head.offset,
          head.key,
          image,
          head.timestamp,
          headers,
          head.filedAt,
          head.attempts,
          head.dueAt,
          moved);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }
}
