package io.twinstream.topology;

import io.twinstream.schema.serde.ImageKeySerde;
import java.util.Arrays;

/**
 * The collections of image keys that come one after the other, most of the same as the one before.
 * For one thread.
 */
final class CollectionNames {
  private byte[] lastForm = {'/'};
  private String last = "";

  /**
   * That of a key.
   *
   * @param bytes that end with the key
   * @param from where it begins
   */
  String read(byte[] bytes, int from) {
    int to = from + lastForm.length;
    if (to > bytes.length || !Arrays.equals(bytes, from, to, lastForm, 0, lastForm.length)) {
      last = ImageKeySerde.read(Arrays.copyOfRange(bytes, from, bytes.length)).collection();
      int slash = from;
      while (bytes[slash] != '/') {
        slash++;
      }
      lastForm = Arrays.copyOfRange(bytes, from, slash + 1);
    }
    return last;
  }
}
