package io.twinstream.schema;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A fixed-width binary code, such as a perceptual hash: an immutable value with Hamming distance.
 * Bit 0 is the most significant bit of the first byte, as in the hexadecimal form.
 */
public final class BinaryCode {
  /** The widest code that is accepted, in bits. */
  public static final int MAX_BITS = 1024;

  private final int bits;
  // Left-aligned: bit 0 is the top bit of words[0]; unused low bits of the last word are zero.
  private final long[] words;

  private BinaryCode(int bits, long[] words) {
    this.bits = bits;
    this.words = words;
  }

  /**
   * @param bytes the code, most significant bit first; {@code ceil(bits / 8)} bytes
   * @param bits the width, 1 to {@value #MAX_BITS}
   * @throws IllegalArgumentException if the length does not fit the width or a bit beyond it is set
   */
  public static BinaryCode ofBytes(byte[] bytes, int bits) {
    if (bits < 1 || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "a code has 1 to %s bits, not %s".formatted(MAX_BITS, bits));
    }
    if (bytes.length != (bits + 7) / 8) {
      throw new IllegalArgumentException(
          "%s bytes given for a code of %s bits".formatted(bytes.length, bits));
    }
    if ((bytes[bytes.length - 1] & (0xFF >>> (8 - (8 * bytes.length - bits)))) != 0) {
      throw new IllegalArgumentException("bits are set beyond the width of " + bits);
    }
    long[] words = new long[(bits + 63) / 64];
    for (int i = 0; i < bytes.length; i++) {
      words[i >>> 3] |= (bytes[i] & 0xFFL) << (56 - 8 * (i & 7));
    }
    return new BinaryCode(bits, words);
  }

  /**
   * @param hex two digits a byte, most significant bit first
   * @param bits the width, 1 to {@value #MAX_BITS}
   * @throws IllegalArgumentException if it is not hexadecimal or does not fit the width
   */
  public static BinaryCode ofHex(String hex, int bits) {
    return ofBytes(HexFormat.of().parseHex(hex), bits);
  }

  /**
   * A number as a code: its highest possible bit (of weight 2^(bits-1)) becomes bit 0.
   *
   * @throws IllegalArgumentException if the value is negative or wider than {@code bits}
   */
  public static BinaryCode ofNumber(BigInteger value, int bits) {
    if (value.signum() < 0 || value.bitLength() > bits) {
      throw new IllegalArgumentException("the value does not fit into " + bits + " bits");
    }
    int length = (bits + 7) / 8;
    byte[] shifted = value.shiftLeft(8 * length - bits).toByteArray();
    byte[] bytes = new byte[length];
    int take = Math.min(length, shifted.length);
    System.arraycopy(shifted, shifted.length - take, bytes, length - take, take);
    return ofBytes(bytes, bits);
  }

  /**
   * A code out of packed words.
   *
   * @param words where its {@code ceil(bits / 64)} words lie, left-aligned as by {@link #word};
   *     they are copied, and bits beyond the width must be zero
   * @param from the index of its first word
   * @param bits the width
   */
  public static BinaryCode ofWords(long[] words, int from, int bits) {
    return new BinaryCode(bits, Arrays.copyOfRange(words, from, from + (bits + 63) / 64));
  }

  /** The width in bits. */
  public int bits() {
    return bits;
  }

  /** The number of 64-bit words that {@link #word(int)} can be asked for. */
  public int wordCount() {
    return words.length;
  }

  /** Word {@code index}, left-aligned; bits beyond the width are zero. */
  public long word(int index) {
    return words[index];
  }

  /** The first 16 bits (0 to 65,535; zero-filled on the right where the code is narrower). */
  public int prefix16() {
    return (int) (words[0] >>> 48);
  }

  /**
   * The Hamming distance in bits.
   *
   * @throws IllegalArgumentException if the widths differ
   */
  public int distance(BinaryCode other) {
    if (bits != other.bits) {
      throw new IllegalArgumentException(
          "codes of %s and %s bits can't be compared".formatted(bits, other.bits));
    }
    int distance = 0;
    for (int i = 0; i < words.length; i++) {
      distance += Long.bitCount(words[i] ^ other.words[i]);
    }
    return distance;
  }

  /** The code as {@code ceil(bits / 8)} bytes, most significant bit first. */
  public byte[] toBytes() {
    byte[] bytes = new byte[(bits + 7) / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (words[i >>> 3] >>> (56 - 8 * (i & 7)));
    }
    return bytes;
  }

  /** Two lower-case digits a byte, most significant bit first. */
  public String toHex() {
    return HexFormat.of().formatHex(toBytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryCode that
        && bits == that.bits
        && Arrays.equals(words, that.words);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(words) + bits;
  }

  @Override
  public String toString() {
    return bits + ":" + toHex();
  }
}
