package io.twinstream.fingerprint;

import dev.brachtendorf.jimagehash.hash.Hash;
import dev.brachtendorf.jimagehash.hashAlgorithms.PerceptiveHash;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.PerceptualHash;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * JImageHash's {@code PerceptiveHash} (signs of low-frequency DCT coefficients against their mean)
 * at 256 bits. Thread-safe.
 */
final class PerceptiveHasher {
  /** The name in fingerprints and thresholds. */
  static final String ALGORITHM = "PerceptiveHash(256)";

  /**
   * The side that the algorithm works on; given that, its own nearest-neighbour scaling is idle.
   */
  static final int SIDE = 64;

  private static final int BITS = 256;

  private final PerceptiveHash algorithm = new PerceptiveHash(BITS);

  PerceptiveHasher() {
    // Both are computed on first use without synchronisation.
    algorithm.algorithmId();
    int bits = algorithm.getKeyResolution();
    if (bits != BITS) {
      throw new IllegalStateException("PerceptiveHash(%d) has %d bits".formatted(BITS, bits));
    }
  }

  /** The hash of a grey square of {@link #SIDE}² values from 0 to 255. */
  PerceptualHash hash(float[] grey) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < grey.length; i++) {
      byte value = (byte) Math.round(grey[i]);
      pixels[3 * i] = value;
      pixels[3 * i + 1] = value;
      pixels[3 * i + 2] = value;
    }
    Hash hash = algorithm.hash(image);
    return new PerceptualHash(ALGORITHM, BinaryCode.ofNumber(hash.getHashValue(), BITS));
  }
}
