package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Thumbnail;
import io.twinstream.schema.serde.EventCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Outcomes as bytes: a tag, then blocks with their length before them. The fingerprint is one
 * block, in the form in which stores keep it; the thumbnail, empty if there is none, another. Both
 * sides are of one build. Thread-safe.
 */
final class OutcomeCodec {
  private static final int DONE = 1;
  private static final int REFUSED = 2;

  /** Decoders may quote the file. */
  private static final int MAX_DETAIL = 2_000;

  private static final EventCodec<Fingerprint> FINGERPRINTS = EventCodec.smile(Fingerprint.class);

  private OutcomeCodec() {}

  static byte[] write(FingerprintOutcome outcome) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      switch (outcome) {
        case FingerprintOutcome.Done done -> {
          data.writeByte(DONE);
          writeBlock(data, FINGERPRINTS.write(done.fingerprint()));
          writeBlock(data, done.thumbnail().toBytes());
        }
        case FingerprintOutcome.Refused refused -> {
          data.writeByte(REFUSED);
          data.writeUTF(refused.reason().toString());
          String detail = refused.detail();
          data.writeUTF(detail.substring(0, Math.min(detail.length(), MAX_DETAIL)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * The outcome again.
   *
   * @throws BrokenFrameException if the bytes are none
   */
  static FingerprintOutcome read(byte[] bytes) throws IOException {
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      int tag = data.readByte();
      return switch (tag) {
        case DONE ->
            new FingerprintOutcome.Done(FINGERPRINTS.read(block(data)), Thumbnail.of(block(data)));
        case REFUSED ->
            new FingerprintOutcome.Refused(FailureReason.parse(data.readUTF()), data.readUTF());
        default -> throw new BrokenFrameException("there is no outcome with the tag " + tag);
      };
    } catch (EOFException | RuntimeException e) {
      throw new BrokenFrameException("what came is no outcome: " + e.getMessage(), e);
    }
  }

  private static void writeBlock(DataOutputStream data, byte[] block) throws IOException {
    data.writeInt(block.length);
    data.write(block);
  }

  private static byte[] block(DataInputStream data) throws IOException {
    int length = data.readInt();
    if (length < 0 || length > data.available()) {
      throw new BrokenFrameException("a block of %d bytes is not there".formatted(length));
    }
    return data.readNBytes(length);
  }
}
