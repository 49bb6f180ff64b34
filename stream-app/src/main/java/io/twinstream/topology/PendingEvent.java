package io.twinstream.topology;

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
 * @param attempts how often it was tried
 * @param dueAt when it is to be tried next, ms since the epoch
 */
record PendingEvent(
    long offset,
    ImageKey key,
    ImageMetadata image,
    long timestamp,
    Headers headers,
    int attempts,
    long dueAt) {
  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.smile(ImageMetadata.class);

  /** The same after one more try, with the time of the next. */
  PendingEvent triedAgainAt(long nextDueAt) {
    return new PendingEvent(offset, key, image, timestamp, headers, attempts + 1, nextDueAt);
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(offset);
      out.writeLong(timestamp);
      out.writeInt(attempts);
      out.writeLong(dueAt);
      write(out, ImageKeySerde.write(key));
      write(out, IMAGE.write(image));
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

  static PendingEvent ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long offset = in.readLong();
      long timestamp = in.readLong();
      int attempts = in.readInt();
      long dueAt = in.readLong();
      ImageKey key = ImageKeySerde.read(read(in));
      ImageMetadata image = IMAGE.read(read(in));
      RecordHeaders headers = new RecordHeaders();
      for (int left = in.readInt(); left > 0; left--) {
        headers.add(in.readUTF(), read(in));
      }
      return new PendingEvent(offset, key, image, timestamp, headers, attempts, dueAt);
    } catch (IOException e) {
      throw new UncheckedIOException("a row of the pending store is broken", e);
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
