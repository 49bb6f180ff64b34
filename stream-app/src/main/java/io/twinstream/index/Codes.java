package io.twinstream.index;

import io.twinstream.schema.BinaryCode;
import java.util.Arrays;

/**
 * Codes by number, in blocks: the first words of all codes of a block, then their second words, and
 * so on, so that a vector takes the same word of several. Narrow codes lie in large blocks, so that
 * what is far apart by its first words is not read further; wide ones, which are read nearly whole
 * in any case, in blocks of eight. Grows without copying more than one chunk.
 */
final class Codes {
  /** The capacity of a chunk is a multiple of this. */
  static final int LANES = 8;

  /** How many codes a full chunk has. */
  static final int CHUNK = 4096;

  // Up to so many words a code is narrow.
  private static final int NARROW = 4;

  private static final int CACHED_WORDS = CHUNK;
  private static final int CHUNK_SHIFT = Integer.numberOfTrailingZeros(CHUNK);

  private final int bits;
  private final int words;
  private long[][] chunks = {};

  Codes(int bits) {
    this.bits = bits;
    this.words = (bits + 63) / 64;
  }

  /** The words of a code as this class takes them. */
  static long[] wordsOf(BinaryCode code) {
    long[] words = new long[code.wordCount()];
    for (int i = 0; i < words.length; i++) {
      words[i] = code.word(i);
    }
    return words;
  }

  /** Writes a code, whose number is at most one higher than any before. */
  void set(int id, long[] code) {
    int chunk = id >>> CHUNK_SHIFT;
    int within = id & (CHUNK - 1);
    if (chunk == chunks.length) {
      chunks = Arrays.copyOf(chunks, chunk + 1);
      chunks[chunk] = new long[(chunk == 0 ? LANES : CHUNK) * words];
    } else if (within == chunks[chunk].length / words) {
      widenFirst();
    }
    int block = block(chunk);
    int at = first(within, block, words);
    for (int i = 0; i < words; i++) {
      chunks[chunk][at + i * block] = code[i];
    }
  }

  private void widenFirst() {
    long[] narrow = chunks[0];
    int block = block(0);
    chunks[0] = Arrays.copyOf(narrow, 2 * narrow.length);
    if (block(0) != block) {
      for (int i = words - 1; i > 0; i--) {
        System.arraycopy(narrow, i * block, chunks[0], i * block(0), block);
      }
    }
  }

  /** How many codes a block has, a power of two. */
  private int block(int chunk) {
    if (words > NARROW) {
      return LANES;
    }
    return chunk == 0 ? chunks[0].length / words : CHUNK;
  }

  /** Where the first word of a code lies; the others follow a block's length apart. */
  static int first(int code, int block, int words) {
    return (code & -block) * words + (code & (block - 1));
  }

  /** The distance, or some distance above the bound as soon as that is sure. */
  int distance(int id, long[] code, int bound) {
    int chunk = id >>> CHUNK_SHIFT;
    int block = block(chunk);
    long[] all = chunks[chunk];
    int at = first(id & (CHUNK - 1), block, words);
    int distance = 0;
    for (int i = 0; i < words && distance <= bound; i++, at += block) {
      distance += Long.bitCount(all[at] ^ code[i]);
    }
    return distance;
  }

  /** Some bits of a code as a number, at most 16. */
  int bits(int id, int offset, int width) {
    int word = offset >>> 6;
    int shift = offset & 63;
    return bits(word(id, word), shift + width > 64 ? word(id, word + 1) : 0, shift, width);
  }

  private long word(int id, int index) {
    int chunk = id >>> CHUNK_SHIFT;
    int block = block(chunk);
    return chunks[chunk][first(id & (CHUNK - 1), block, words) + index * block];
  }

  /** Some bits of a code as a number, at most 16. */
  static int bits(long[] code, int offset, int width) {
    int word = offset >>> 6;
    int shift = offset & 63;
    return bits(code[word], shift + width > 64 ? code[word + 1] : 0, shift, width);
  }

  private static int bits(long word, long next, int shift, int width) {
    if (width == 0) {
      return 0;
    }
    long joined = shift == 0 ? word : (word << shift) | (next >>> (64 - shift));
    return (int) (joined >>> (64 - width));
  }

  /** A well mixed number that equal codes share. */
  long hash(int id) {
    long hash = 0;
    for (int i = 0; i < words; i++) {
      hash = mix(hash ^ word(id, i));
    }
    return hash;
  }

  /** As {@link #hash(int)} of the same code. */
  static long hash(long[] code) {
    long hash = 0;
    for (long word : code) {
      hash = mix(hash ^ word);
    }
    return hash;
  }

  private static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  BinaryCode code(int id) {
    long[] code = new long[words];
    for (int i = 0; i < words; i++) {
      code[i] = word(id, i);
    }
    return BinaryCode.ofWords(code, 0, bits);
  }

  /**
   * Compares each of some codes with each of some others, so many at a time that they are still in
   * the nearest cache for the second.
   *
   * @param from the first number, a multiple of {@link #CHUNK}
   * @param to one more than the last
   */
  void scan(Kernel kernel, int from, int to, long[][] queries, int radius, Hits hits) {
    int step = Math.max(LANES, Integer.highestOneBit(CACHED_WORDS / words));
    for (int first = from; first < to; first += step) {
      int base = first & -CHUNK;
      int end = Math.min(first + step, to) - base;
      int chunk = first >>> CHUNK_SHIFT;
      kernel.scan(chunks[chunk], block(chunk), first - base, end, queries, radius, base, hits);
    }
  }

  /** Of 64 bits each. */
  int words() {
    return words;
  }

  long bytes() {
    long sum = 0;
    for (long[] chunk : chunks) {
      sum += 16 + 8L * chunk.length;
    }
    return sum + 4L * chunks.length;
  }
}
