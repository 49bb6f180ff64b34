package io.twinstream.standalone.bench;

import io.twinstream.schema.BinaryCode;
import java.util.List;
import java.util.SplittableRandom;

/** Codes to fill an index with and to look for, the same for the same seed. */
final class TestCodes {
  private final int bits;
  private final int words;
  private final int size;
  // In one array, since ten million objects would measure the garbage collector.
  private final long[] codes;
  private final SplittableRandom random;

  private TestCodes(int bits, int size, SplittableRandom random) {
    this.bits = bits;
    this.words = (bits + 63) / 64;
    this.size = size;
    this.codes = new long[Math.multiplyExact(size, words)];
    this.random = random;
  }

  static TestCodes random(int bits, int size, long seed) {
    TestCodes made = new TestCodes(bits, size, new SplittableRandom(seed));
    for (int i = 0; i < size; i++) {
      made.fill(i);
    }
    return made;
  }

  /**
   * Codes that are given; and as many more as are missing, which are these with up to half of their
   * bits flipped, so that what they have in common stays.
   */
  static TestCodes like(List<BinaryCode> given, int size, long seed) {
    TestCodes made = new TestCodes(given.getFirst().bits(), size, new SplittableRandom(seed));
    for (int i = 0; i < size; i++) {
      BinaryCode code = given.get(i % given.size());
      for (int word = 0; word < made.words; word++) {
        made.codes[i * made.words + word] = code.word(word);
      }
      if (i >= given.size()) {
        made.flip(made.codes, i * made.words, made.random.nextInt(made.bits / 2 + 1));
      }
    }
    return made;
  }

  private void fill(int index) {
    for (int word = 0; word < words; word++) {
      codes[index * words + word] = random.nextLong();
    }
    codes[index * words + words - 1] &= -1L << (64 * words - bits);
  }

  private void flip(long[] of, int from, int times) {
    for (; times > 0; times--) {
      int bit = random.nextInt(bits);
      of[from + bit / 64] ^= Long.MIN_VALUE >>> (bit % 64);
    }
  }

  int size() {
    return size;
  }

  int bits() {
    return bits;
  }

  BinaryCode get(int index) {
    return BinaryCode.ofWords(codes, index * words, bits);
  }

  /** One that is there with at most some bits flipped, or, every other time, any two mixed. */
  BinaryCode sought(int flips) {
    long[] code = new long[words];
    int one = random.nextInt(size) * words;
    int other = random.nextBoolean() ? one : random.nextInt(size) * words;
    for (int word = 0; word < words; word++) {
      code[word] = codes[(word % 2 == 0 ? one : other) + word];
    }
    flip(code, 0, random.nextInt(flips + 1));
    return BinaryCode.ofWords(code, 0, bits);
  }
}
