package io.twinstream.fingerprint;

import io.twinstream.hash.HashAlgorithms;
import io.twinstream.hash.HashQuality;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.PictureHasher;
import io.twinstream.hash.PictureParts;
import io.twinstream.hash.UprightPicture;
import io.twinstream.hash.Views;
import io.twinstream.measure.PictureMeasures;
import io.twinstream.picture.DecodedColours;
import io.twinstream.picture.DecodedPicture;
import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.PictureDecoder;
import io.twinstream.picture.PictureHeader;
import io.twinstream.picture.RefusedPictureException;
import io.twinstream.picture.Thumbnails;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Thumbnail;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.View;
import io.twinstream.schema.ViewedHash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Makes fingerprints in this process. Thread-safe. */
public final class LocalFingerprinter implements Fingerprinter {
  /** The shorter side that PDQ and sharpness need; with fewer pixels they drift. */
  private static final int MIN_SIDE = 256;

  private static final int WHOLE = Integer.MAX_VALUE;

  /** From this size on a file is digested beside its decoding: that takes about half a ms. */
  private static final int LARGE_FILE = 1 << 20;

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

  /**
   * How a fingerprint came about.
   *
   * @param decoder who decoded, empty if nobody could
   * @param scale by which the sides were divided while decoding, 0 if nobody could
   * @param steps how long each took, in order, the first time in a process longer than later; none
   *     if nobody could decode
   */
  public record Explained(
      FingerprintOutcome outcome, String decoder, int scale, Map<String, Duration> steps) {
    /** There were no pixels to be had. */
    public static Explained notDecoded(FingerprintOutcome.Refused outcome) {
      return new Explained(outcome, "", 0, Map.of());
    }

    /** Whether there is anything to tell of decoding. */
    public boolean isDecoded() {
      return !decoder.isEmpty();
    }
  }

  @Override
  public FingerprintOutcome fingerprint(byte[] file) {
    return explain(file).outcome();
  }

  /** The same, and how it came about. */
  public Explained explain(byte[] file) {
    Steps steps = new Steps();
    Supplier<String> digest = digest(file);
    try {
      DecodedPicture decoded;
      Measures measures = Measures.NONE;
      Optional<DecodedColours> colours = Optional.empty();
      if (settings.measured()) {
        colours = Optional.of(decoder.decodeColours(file, MIN_SIDE, MIN_SIDE));
        steps.ended("decode");
        decoded = colours.get().picture();
        measures = PictureMeasures.of(colours.get(), file.length);
        steps.ended("measures");
      } else {
        decoded = decoder.decode(file, MIN_SIDE);
        steps.ended("decode");
      }
      String pixelsSha256 = "";
      if (settings.pixelDigest()) {
        colours = Optional.of(atLeast(WHOLE, colours, file, steps));
        pixelsSha256 = PixelDigest.of(colours.get());
        steps.ended("digest of pixels");
      }
      Thumbnail thumbnail = Thumbnail.NONE;
      if (settings.thumbnails()) {
        thumbnail = Thumbnails.of(atLeast(Thumbnail.SIDE, colours, file, steps));
        steps.ended("thumbnail");
      }
      Fingerprint fingerprint = made(file.length, digest, decoded, pixelsSha256, measures, steps);
      return new Explained(
          new FingerprintOutcome.Done(fingerprint, thumbnail),
          decoded.decoder().name().toLowerCase(Locale.ROOT),
          decoded.scale(),
          steps.all());
    } catch (RefusedPictureException e) {
      return Explained.notDecoded(new FingerprintOutcome.Refused(e.reason(), e.getMessage()));
    }
  }

  /**
   * Colours with so many pixels on the longer side. What hashes are made of never depends on it: or
   * the same bytes would have other hashes where digests or thumbnails are made.
   */
  private DecodedColours atLeast(
      int longerSide, Optional<DecodedColours> there, byte[] file, Steps steps)
      throws RefusedPictureException {
    if (there.isPresent()) {
      GreyPicture grey = there.get().picture().grey();
      if (there.get().picture().scale() == 1
          || Math.max(grey.width(), grey.height()) >= longerSide) {
        return there.get();
      }
    }
    DecodedColours decoded = decoder.decodeColours(file, MIN_SIDE, longerSide);
    steps.ended("decode once more");
    return decoded;
  }

  private Fingerprint made(
      long bytes,
      Supplier<String> digest,
      DecodedPicture decoded,
      String pixelsSha256,
      Measures measures,
      Steps steps) {
    PictureHeader header = decoded.header();
    UprightPicture picture = new UprightPicture(decoded.grey(), header.orientation());
    List<PerceptualHash> hashes = new ArrayList<>();
    List<TurnedHash> turned = new ArrayList<>();
    for (PictureHasher hasher : hashers) {
      hash(hasher, picture, hashes, turned);
      steps.ended(hasher.algorithm());
    }
    int quality = HashQuality.of(picture);
    steps.ended("quality");
    List<ViewedHash> views = views(decoded);
    if (settings.views() != Views.NONE) {
      steps.ended("views");
    }
    String sha256 = digest.get();
    steps.ended("digest of bytes");
    return new Fingerprint(
        sha256,
        bytes,
        header.format().toString(),
        header.uprightWidth(),
        header.uprightHeight(),
        quality,
        hashes,
        turned,
        pixelsSha256,
        measures,
        views);
  }

  /** A part with nothing in it, such as the sky in the middle, would look like any other. */
  private List<ViewedHash> views(DecodedPicture decoded) {
    List<ViewedHash> views = new ArrayList<>();
    for (View view : settings.views().parts()) {
      PictureParts.of(decoded.grey(), view)
          .map(part -> new UprightPicture(part, decoded.header().orientation()))
          .filter(part -> HashQuality.of(part) >= Fingerprint.MIN_QUALITY)
          .ifPresent(part ->
              hashers.forEach(hasher ->
                  views.add(new ViewedHash(hasher.algorithm(), view, hasher.hash(part)))));
    }
    return views;
  }

  private void hash(
      PictureHasher hasher,
      UprightPicture picture,
      List<PerceptualHash> hashes,
      List<TurnedHash> turned) {
    String algorithm = hasher.algorithm();
    if (settings.orientations() == Orientations.NONE) {
      hashes.add(new PerceptualHash(algorithm, hasher.hash(picture)));
      return;
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

  /** What the clock says between steps. */
  private static final class Steps {
    private final Map<String, Duration> all = new LinkedHashMap<>();
    private long last = System.nanoTime();

    private void ended(String step) {
      long now = System.nanoTime();
      all.put(step, Duration.ofNanos(now - last));
      last = now;
    }

    private Map<String, Duration> all() {
      return all;
    }
  }

  /** Of a large file begun at once, on another thread. */
  private static Supplier<String> digest(byte[] file) {
    return file.length < LARGE_FILE
        ? () -> sha256(file)
        : CompletableFuture.supplyAsync(() -> sha256(file))::join;
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
