package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A part of a file, read at places that the file itself names: every read is checked against the
 * part's bounds, and nothing is copied. Numbers are unsigned unless their name says otherwise.
 */
final class HeaderBytes {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;

  private final ImageFormat format;
  private final byte[] file;
  private final int start;
  private final int size;
  private final boolean bigEndian;

  private HeaderBytes(ImageFormat format, byte[] file, int start, int size, boolean bigEndian) {
    this.format = format;
    this.file = file;
    this.start = start;
    this.size = size;
    this.bigEndian = bigEndian;
  }

  static HeaderBytes of(ImageFormat format, byte[] file, ByteOrder order) {
    return new HeaderBytes(format, file, 0, file.length, order == ByteOrder.BIG_ENDIAN);
  }

  HeaderBytes in(ByteOrder order) {
    return new HeaderBytes(format, file, start, size, order == ByteOrder.BIG_ENDIAN);
  }

  /** What starts at {@code at}; shorter than {@code length} where the file ends before. */
  HeaderBytes part(long at, long length) throws RefusedPictureException {
    require(at, 0);
    int most = size - (int) at;
    return new HeaderBytes(format, file, start + (int) at, (int) Math.min(length, most), bigEndian);
  }

  int size() {
    return size;
  }

  int u8(long at) throws RefusedPictureException {
    require(at, 1);
    return file[start + (int) at] & 0xFF;
  }

  int u16(long at) throws RefusedPictureException {
    int first = u8(at);
    int second = u8(at + 1);
    return bigEndian ? first << 8 | second : second << 8 | first;
  }

  int u24(long at) throws RefusedPictureException {
    int outer = u8(bigEndian ? at : at + 2);
    int inner = u8(bigEndian ? at + 2 : at);
    return outer << 16 | u8(at + 1) << 8 | inner;
  }

  long u32(long at) throws RefusedPictureException {
    long first = u16(at);
    long second = u16(at + 2);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  int i32(long at) throws RefusedPictureException {
    return (int) u32(at);
  }

  /** Eight bytes; such an offset beyond 2⁶³ is negative and therefore outside of every file. */
  long i64(long at) throws RefusedPictureException {
    long first = u32(at);
    long second = u32(at + 4);
    return bigEndian ? first << 32 | second : second << 32 | first;
  }

  /**
   * Where the next byte stands of which all bits are set; eight at a time, since this goes over
   * whole files.
   */
  long nextFilled(long from) throws RefusedPictureException {
    require(from, 1);
    int at = start + (int) from;
    int end = start + size;
    while (at + Long.BYTES <= end) {
      long inverted = ~(long) EIGHT.get(file, at);
      long zeros = (inverted - ONES) & ~inverted & (ONES << 7);
      if (zeros != 0) {
        return (long) at - start + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
      at += Long.BYTES;
    }
    while (at < end && file[at] != (byte) 0xFF) {
      at++;
    }
    long found = (long) at - start;
    require(found, 1);
    return found;
  }

  /** Whether these letters stand there. */
  boolean has(long at, String letters) {
    if (at < 0 || at > size - letters.length()) {
      return false;
    }
    for (int i = 0; i < letters.length(); i++) {
      if ((file[start + (int) at + i] & 0xFF) != letters.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void require(long at, int length) throws RefusedPictureException {
    if (at < 0 || at > size - length) {
      throw RefusedPictureException.corrupt("the %s file ends within its header".formatted(format));
    }
  }
}
