package io.twinstream.worker;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Frames over a socket: a magic number with the version of this form, kind, id, length, payload.
 * For one thread.
 */
final class FrameChannel implements Closeable {
  /** Its last byte is the version. */
  private static final int MAGIC = 0x7457_6901;

  private static final int HEADER_BYTES = 4 + 1 + 8 + 4;

  /** More than most pictures have, so that one goes over in one piece. */
  private static final int BUFFER_BYTES = 256 << 10;

  private final SocketChannel channel;
  private final int maxPayload;
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  /**
   * Over that socket, which is closed with it.
   *
   * @param maxPayload what is received may have at most so many bytes
   */
  FrameChannel(SocketChannel channel, int maxPayload) throws IOException {
    this.channel = channel;
    this.maxPayload = maxPayload;
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
  }

  void send(Frame frame) throws IOException {
    byte[] payload = frame.payload();
    out.clear();
    out.putInt(MAGIC).put(frame.kind().code()).putLong(frame.id());
    out.putInt(payload.length);
    int sent = 0;
    do {
      int part = Math.min(out.remaining(), payload.length - sent);
      out.put(payload, sent, part).flip();
      while (out.hasRemaining()) {
        channel.write(out);
      }
      out.clear();
      sent += part;
    } while (sent < payload.length);
  }

  /**
   * The next frame; waits for it.
   *
   * @throws EOFException if the other side has ended
   * @throws BrokenFrameException if what comes is no frame, or a larger one than is allowed
   */
  Frame receive() throws IOException {
    while (in.remaining() < HEADER_BYTES) {
      fill();
    }
    int magic = in.getInt();
    byte code = in.get();
    long id = in.getLong();
    int length = in.getInt();
    Optional<Frame.Kind> kind = Frame.Kind.of(code);
    if (magic != MAGIC || kind.isEmpty() || length < 0 || length > maxPayload) {
      throw new BrokenFrameException(
          "what came is no frame: magic number %08x, kind %d, %d bytes"
              .formatted(magic, code, length));
    }
    byte[] payload = new byte[length];
    int received = 0;
    while (received < length) {
      if (!in.hasRemaining()) {
        fill();
      }
      int part = Math.min(in.remaining(), length - received);
      in.get(payload, received, part);
      received += part;
    }
    return new Frame(kind.get(), id, payload);
  }

  private void fill() throws IOException {
    in.compact();
    int read = channel.read(in);
    in.flip();
    if (read < 0) {
      throw new EOFException("the other side has ended");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
