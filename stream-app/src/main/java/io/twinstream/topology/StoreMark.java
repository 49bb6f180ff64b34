package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What stands in a fingerprint store besides its rows: the version of their layout, the next
 * position, the algorithm of all codes, and the radius, if one was adopted. In place of a layout it
 * can say that the rows are being written anew.
 *
 * @param adopted in bits, or {@value #NONE}
 */
record StoreMark(long next, String algorithm, int adopted) {
  /** In place of an adopted radius: instances go by their options. */
  static final int NONE = -1;

  /** Layout 1 had no parts, and 2 no algorithm; else they are the same. */
  private static final byte LAYOUT = 3;

  /**
   * The same with the adopted radius after the next position. Written only where there is one, so
   * that builds which know of none refuse what they would match otherwise, and nothing else.
   */
  private static final byte WITH_RADIUS = 4;

  private static final byte OLDEST_LAYOUT = 1;

  /** Builds that know of no rebuilding take it for a layout, and refuse it, too. */
  private static final byte BEING_REBUILT = Byte.MAX_VALUE;

  /** What all codes of layout 1 are of. Layout 2 was written by builds with different defaults. */
  private static final String FIRST_ALGORITHM = "PerceptiveHash(256)";

  /** Of rows that are as they should be. */
  byte[] write() {
    return adopted == NONE ? write(LAYOUT, 0) : write(WITH_RADIUS, Integer.BYTES);
  }

  /** Of rows that are not all there. */
  static byte[] beingRebuilt(long next, String algorithm) {
    return new StoreMark(next, algorithm, NONE).write(BEING_REBUILT, 0);
  }

  private byte[] write(byte layout, int radiusBytes) {
    byte[] name = algorithm.getBytes(UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(1 + Long.BYTES + radiusBytes + name.length).put(layout).putLong(next);
    if (radiusBytes > 0) {
      buffer.putInt(adopted);
    }
    return buffer.put(name).array();
  }

  /** The radius that was adopted last, in bits. */
  OptionalInt adoptedRadius() {
    return adopted == NONE ? OptionalInt.empty() : OptionalInt.of(adopted);
  }

  /** The same once a position was given. */
  StoreMark given() {
    return new StoreMark(next + 1, algorithm, adopted);
  }

  /** The same once a radius was adopted. */
  StoreMark adopting(int radius) {
    return new StoreMark(next, algorithm, radius);
  }

  /**
   * What a mark says, and a look at whether the rows can be used.
   *
   * @param mark null of a new store
   * @throws RefusedStoreException if they were written with another layout or algorithm
   */
  static StoreMark read(byte[] mark, String algorithm) {
    if (mark == null) {
      return new StoreMark(0, algorithm, NONE);
    }
    byte layout = mark[0];
    if (layout == BEING_REBUILT) {
      throw new RefusedStoreException(
          ("the fingerprint store is being rebuilt; if no twinstream rebuild is at work any more,"
                  + " give that command again: twinstream rebuild --algorithm \"%s\"")
              .formatted(algorithm));
    }
    if (!isKnown(layout)) {
      throw new RefusedStoreException(
          ("the fingerprint store has layout %d, this build reads up to %d; go on with the build"
                  + " that wrote it, or have it written anew by this one: twinstream rebuild"
                  + " --algorithm \"%s\"")
              .formatted(layout, WITH_RADIUS, algorithm));
    }
    StoreMark read =
        read(mark).orElseGet(() -> new StoreMark(tail(mark).getLong(), algorithm, NONE));
    if (!read.algorithm.equals(algorithm)) {
      throw new RefusedStoreException(
          ("the stored fingerprints are matched by %s, and this instance was told to match by %s;"
                  + " start it with --algorithm \"%s\", or with another --prefix for topics and"
                  + " stores of its own, or have the stores rebuilt: twinstream rebuild --algorithm"
                  + " \"%s\"")
              .formatted(read.algorithm, algorithm, read.algorithm, algorithm));
    }
    return read;
  }

  /** What a mark says; empty if it doesn't tell the algorithm. */
  static Optional<StoreMark> read(byte[] mark) {
    byte layout = mark[0];
    if (layout == 2 || (layout != BEING_REBUILT && !isKnown(layout))) {
      return Optional.empty();
    }
    ByteBuffer buffer = tail(mark);
    long next = buffer.getLong();
    int adopted = layout == WITH_RADIUS ? buffer.getInt() : NONE;
    String algorithm = layout == 1 ? FIRST_ALGORITHM : UTF_8.decode(buffer).toString();
    return Optional.of(new StoreMark(next, algorithm, adopted));
  }

  private static ByteBuffer tail(byte[] mark) {
    return ByteBuffer.wrap(mark, 1, mark.length - 1);
  }

  private static boolean isKnown(byte layout) {
    return layout >= OLDEST_LAYOUT && layout <= WITH_RADIUS;
  }

  /** A copy with another next position; of a layout that this build doesn't know the same. */
  static byte[] withNext(byte[] mark, long next) {
    byte[] copy = mark.clone();
    if (next(mark).isPresent()) {
      ByteBuffer.wrap(copy).putLong(1, next);
    }
    return copy;
  }

  /** Whether it says that the rows are not all there. */
  static boolean isBeingRebuilt(byte[] mark) {
    return mark[0] == BEING_REBUILT;
  }

  /** The next position, if that can be told: not of a layout that this build doesn't know. */
  static OptionalLong next(byte[] mark) {
    byte layout = mark[0];
    return layout == BEING_REBUILT || isKnown(layout)
        ? OptionalLong.of(ByteBuffer.wrap(mark).getLong(1))
        : OptionalLong.empty();
  }
}
