package io.twinstream.fingerprint;

import io.twinstream.picture.DecodedPicture;
import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.RefusedPictureException;
import io.twinstream.schema.Fingerprint;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
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
      DecodedPicture picture = decoder.decode(file, PerceptiveHasher.SIDE);
      float[] stored = AreaAverage.toGrey(image(picture.grey()), PerceptiveHasher.SIDE);
      float[] grey = picture.header().orientation().apply(stored, PerceptiveHasher.SIDE);
      return new FingerprintOutcome.Done(
          new Fingerprint(
              HexFormat.of().formatHex(sha256(file)),
              file.length,
              picture.header().format().toString(),
              picture.header().uprightWidth(),
              picture.header().uprightHeight(),
              HashQuality.of(grey, PerceptiveHasher.SIDE),
              List.of(hasher.hash(grey))));
    } catch (RefusedPictureException e) {
      return new FingerprintOutcome.Refused(e.reason(), e.getMessage());
    }
  }

  /** The same values, not copied. */
  private static BufferedImage image(GreyPicture grey) {
    DataBufferByte data = new DataBufferByte(grey.luma(), grey.luma().length);
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster =
        Raster.createInterleavedRaster(
            data, grey.width(), grey.height(), grey.width(), 1, new int[] {0}, null);
    return new BufferedImage(model, raster, false, null);
  }

  private static byte[] sha256(byte[] file) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(file);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
