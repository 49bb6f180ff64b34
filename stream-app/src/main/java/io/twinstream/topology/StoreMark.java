package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * What stands in a fingerprint store besides its rows: the version of their layout, the next
 * position, and the algorithm of all codes. In place of a layout it can say that the rows are being
 * written anew.
 */
final class StoreMark {
  /** Layout 1 had no parts, and 2 no algorithm; else they are the same. */
  private static final byte LAYOUT = 3;

  private static final byte OLDEST_LAYOUT = 1;

  /** Builds that know of no rebuilding take it for a layout, and refuse it, too. */
  private static final byte BEING_REBUILT = Byte.MAX_VALUE;

  /** What all codes of layout 1 are of. Layout 2 was written by builds with different defaults. */
  private static final String FIRST_ALGORITHM = "PerceptiveHash(256)";

  private StoreMark() {}

  /** Of rows that are as they should be. */
  static byte[] write(long next, String algorithm) {
    return write(LAYOUT, next, algorithm);
  }

  /** Of rows that are not all there. */
  static byte[] beingRebuilt(long next, String algorithm) {
    return write(BEING_REBUILT, next, algorithm);
  }

  private static byte[] write(byte layout, long next, String algorithm) {
    byte[] name = algorithm.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + Long.BYTES + name.length)
        .put(layout)
        .putLong(next)
        .put(name)
        .array();
  }

  /**
   * The next position, and a look at whether the rows can be used.
   *
   * @throws RefusedStoreException if they were written with another layout or algorithm
   */
  static long next(byte[] mark, String algorithm) {
    if (mark == null) {
      return 0;
    }
    ByteBuffer buffer = ByteBuffer.wrap(mark);
    byte layout = buffer.get();
    if (layout == BEING_REBUILT) {
      throw new RefusedStoreException(
          ("the fingerprint store is being rebuilt; if no twinstream rebuild is at work any more,"
                  + " give that command again: twinstream rebuild --algorithm \"%s\"")
              .formatted(algorithm));
    }
    if (layout < OLDEST_LAYOUT || layout > LAYOUT) {
      throw new RefusedStoreException(
          ("the fingerprint store has layout %d, this build reads up to %d; go on with the build"
                  + " that wrote it, or have it written anew by this one: twinstream rebuild"
                  + " --algorithm \"%s\"")
              .formatted(layout, LAYOUT, algorithm));
    }
    long next = buffer.getLong();
    String stored =
        switch (layout) {
          case 1 -> FIRST_ALGORITHM;
          case 2 -> algorithm;
          default -> UTF_8.decode(buffer).toString();
        };
    if (!stored.equals(algorithm)) {
      throw new RefusedStoreException(
          ("the stored fingerprints are matched by %s, and this instance was told to match by %s;"
                  + " start it with --algorithm \"%s\", or with another --prefix for topics and"
                  + " stores of its own, or have the stores rebuilt: twinstream rebuild --algorithm"
                  + " \"%s\"")
              .formatted(stored, algorithm, stored, algorithm));
    }
    return next;
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
    return layout == BEING_REBUILT || (layout >= OLDEST_LAYOUT && layout <= LAYOUT)
        ? OptionalLong.of(ByteBuffer.wrap(mark).getLong(1))
        : OptionalLong.empty();
  }
}
