package io.twinstream.hash;

import dev.brachtendorf.jimagehash.hashAlgorithms.HashBuilder;
import dev.brachtendorf.jimagehash.hashAlgorithms.HashingAlgorithm;
import io.twinstream.picture.BufferedLuma;
import io.twinstream.picture.Orientation;
import io.twinstream.schema.BinaryCode;
import java.awt.image.BufferedImage;
import java.math.BigInteger;

/**
 * {@link Pdq} for whoever works with JImageHash. The number that a hash holds reads, in hexadecimal
 * with leading zeros, as PDQ's published form. As other algorithms of that library it has to be
 * used once before it is shared by threads.
 */
public final class PdqHash extends HashingAlgorithm {
  private static final long serialVersionUID = 1L;

  /** Ready to use. */
  public PdqHash() {
    super(Pdq.BITS);
  }

  @Override
  protected BigInteger hash(BufferedImage image, HashBuilder bits) {
    BinaryCode code =
        new Pdq(BufferedLuma.of(image), Orientation.UPRIGHT).code(Orientation.UPRIGHT);
    BigInteger number = new BigInteger(1, code.toBytes());
    for (int i = 0; i < Pdq.BITS; i++) {
      if (number.testBit(i)) {
        bits.prependOne();
      } else {
        bits.prependZero();
      }
    }
    return bits.toBigInteger();
  }

  @Override
  protected int precomputeAlgoId() {
    return PdqHash.class.getName().hashCode();
  }
}
