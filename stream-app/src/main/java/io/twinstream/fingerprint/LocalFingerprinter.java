package io.twinstream.fingerprint;

import io.twinstream.fingerprint.PictureDecoder.Picture;
import io.twinstream.schema.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Makes fingerprints in this process. Thread-safe. */
public final class LocalFingerprinter implements Fingerprinter {
  /** The name of the perceptual hash that it computes. */
  public static final String ALGORITHM = PerceptiveHasher.ALGORITHM;

  /** The width of that hash, in bits. */
  public static final int BITS = 256;

  private final PictureDecoder decoder;
  private final PerceptiveHasher hasher = new PerceptiveHasher();

  /**
   * Ready to use.
   *
   * @param maxPixels pictures with more are refused by their header, before decoding
   */
  public LocalFingerprinter(long maxPixels) {
    this.decoder = new PictureDecoder(maxPixels);
  }

  @Override
  public FingerprintOutcome fingerprint(byte[] file) {
    try {
      Picture picture = decoder.decode(file);
      float[] grey = AreaAverage.toGrey(picture.image(), PerceptiveHasher.SIDE);
      return new FingerprintOutcome.Done(
          new Fingerprint(
              HexFormat.of().formatHex(sha256(file)),
              file.length,
              picture.format().toString(),
              picture.image().getWidth(),
              picture.image().getHeight(),
              HashQuality.of(grey, PerceptiveHasher.SIDE),
              List.of(hasher.hash(grey))));
    } catch (RefusedPictureException e) {
      return new FingerprintOutcome.Refused(e.reason(), e.getMessage());
    }
  }

  private static byte[] sha256(byte[] file) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(file);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
