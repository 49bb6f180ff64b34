package io.twinstream.fingerprint;

import io.twinstream.hash.HashAlgorithms;
import io.twinstream.hash.HashQuality;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.PictureHasher;
import io.twinstream.hash.UprightPicture;
import io.twinstream.measure.PictureMeasures;
import io.twinstream.picture.DecodedColours;
import io.twinstream.picture.DecodedPicture;
import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.PictureHeader;
import io.twinstream.picture.RefusedPictureException;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.TurnedHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Makes fingerprints in this process. Thread-safe. */
public final class LocalFingerprinter implements Fingerprinter {
  /** The shorter side that PDQ and sharpness need; with fewer pixels they drift. */
  private static final int MIN_SIDE = 256;

  private static final int WHOLE = Integer.MAX_VALUE;

  private final FingerprintSettings settings;
  private final PictureDecoder decoder;
  private final List<PictureHasher> hashers;

  /**
   * Ready to use.
   *
   * @throws IllegalArgumentException if a hash algorithm is unknown or can't be used
   * @throws LinkageError if the decoders' native libraries can't be loaded
   */
  public LocalFingerprinter(FingerprintSettings settings) {
    this.settings = settings;
    this.decoder = new PictureDecoder(settings.maxPixels());
    this.hashers = HashAlgorithms.named(settings.hashes());
  }

  @Override
  public FingerprintOutcome fingerprint(byte[] file) {
    try {
      return new FingerprintOutcome.Done(made(file));
    } catch (RefusedPictureException e) {
      return new FingerprintOutcome.Refused(e.reason(), e.getMessage());
    }
  }

  private Fingerprint made(byte[] file) throws RefusedPictureException {
    if (!settings.measured() && !settings.pixelDigest()) {
      return made(file, decoder.decode(file, MIN_SIDE), "", Measures.NONE);
    }
    DecodedColours colours = decoder.decodeColours(file, settings.pixelDigest() ? WHOLE : MIN_SIDE);
    return made(
        file,
        colours.picture(),
        settings.pixelDigest() ? PixelDigest.of(colours) : "",
        settings.measured() ? PictureMeasures.of(colours, file.length) : Measures.NONE);
  }

  private Fingerprint made(
      byte[] file, DecodedPicture decoded, String pixelsSha256, Measures measures) {
    PictureHeader header = decoded.header();
    UprightPicture picture = new UprightPicture(decoded.grey(), header.orientation());
    List<PerceptualHash> hashes = new ArrayList<>();
    List<TurnedHash> turned = new ArrayList<>();
    for (PictureHasher hasher : hashers) {
      String algorithm = hasher.algorithm();
      if (settings.orientations() == Orientations.NONE) {
        hashes.add(new PerceptualHash(algorithm, hasher.hash(picture)));
        continue;
      }
      hasher
          .hashes(picture, settings.orientations())
          .forEach((orientation, code) -> {
            if (orientation == Orientation.UPRIGHT) {
              hashes.add(new PerceptualHash(algorithm, code));
            } else {
              turned.add(new TurnedHash(algorithm, orientation, code));
            }
          });
    }
    return new Fingerprint(
        sha256(file),
        file.length,
        header.format().toString(),
        header.uprightWidth(),
        header.uprightHeight(),
        HashQuality.of(picture),
        hashes,
        turned,
        pixelsSha256,
        measures);
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
