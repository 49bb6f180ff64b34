package io.twinstream.fingerprint;

import io.twinstream.fingerprint.PictureDecoder.Picture;
import io.twinstream.hash.HashAlgorithms;
import io.twinstream.hash.HashQuality;
import io.twinstream.hash.PictureHasher;
import io.twinstream.hash.UprightPicture;
import io.twinstream.picture.BufferedLuma;
import io.twinstream.picture.Orientation;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.PerceptualHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Makes fingerprints in this process. Thread-safe. */
public final class LocalFingerprinter implements Fingerprinter {
  /** The name of the perceptual hash that it computes. */
  public static final String ALGORITHM = "PerceptiveHash(256)";

  /** The width of that hash, in bits. */
  public static final int BITS = 256;

  private final PictureDecoder decoder;
  private final PictureHasher hasher = HashAlgorithms.named(ALGORITHM);

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
      UprightPicture upright =
          new UprightPicture(BufferedLuma.of(picture.image()), Orientation.UPRIGHT);
      return new FingerprintOutcome.Done(
          new Fingerprint(
              HexFormat.of().formatHex(sha256(file)),
              file.length,
              picture.format().toString(),
              picture.image().getWidth(),
              picture.image().getHeight(),
              HashQuality.of(upright),
              List.of(new PerceptualHash(ALGORITHM, hasher.hash(upright)))));
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
