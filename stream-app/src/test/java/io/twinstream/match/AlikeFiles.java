package io.twinstream.match;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.View;
import io.twinstream.schema.ViewedHash;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Fingerprints of made-up files, many of them alike in one way or another. */
public final class AlikeFiles {
  public static final String ALGORITHM = "Test(72)";
  public static final int BITS = 72;

  private AlikeFiles() {}

  /**
   * Equal files have equal fingerprints; some files are featureless, some differ in few bits, some
   * keep the pixels of others, some look like others when they are turned.
   */
  public static Fingerprint of(int number) {
    int pixels = number % 6 == 1 ? number - 1 : number;
    long hash = pixels % 3 * 0xFFF_0000L + (1L << pixels % 12) - 1;
    Fingerprint plain =
        fingerprint(number, hash, pixels % 4 == 0 ? Fingerprint.MIN_QUALITY - 1 : 50);
    return new Fingerprint(
        plain.sha256(),
        plain.bytes(),
        plain.format(),
        plain.width(),
        plain.height(),
        plain.quality(),
        plain.hashes(),
        pixels % 5 == 0
            ? List.of(
                turned(Orientation.MIRROR, hash ^ 0x1FF_0000L),
                turned(Orientation.TURN_180, hash ^ 0xFFF_0000L))
            : List.of(),
        pixels % 6 == 0 ? sha256(1000 + pixels) : "",
        Measures.NONE,
        pixels % 7 < 3
            ? List.of(
                part(View.TRIMMED, hash ^ 0xFF0_0000L), part(View.CENTRE_85, 0xFFF_0000L ^ pixels))
            : List.of());
  }

  /** The same file, of which more or less was asked for. */
  public static Fingerprint withSomeParts(Fingerprint all, Random random) {
    List<PerceptualHash> hashes =
        random.nextBoolean()
            ? all.hashes()
            : List.of(
                new PerceptualHash("Other(72)", all.hashes().getFirst().code()),
                all.hashes().getFirst());
    return with(
        all,
        hashes,
        random.nextBoolean() ? all.turned() : List.of(),
        random.nextBoolean() ? all.pixelsSha256() : "");
  }

  static Fingerprint with(
      Fingerprint plain, List<PerceptualHash> hashes, List<TurnedHash> turned, String pixels) {
    return new Fingerprint(
        plain.sha256(),
        plain.bytes(),
        plain.format(),
        plain.width(),
        plain.height(),
        plain.quality(),
        hashes,
        turned,
        pixels,
        Measures.NONE,
        plain.views());
  }

  static TurnedHash turned(Orientation orientation, long hash) {
    return new TurnedHash(
        ALGORITHM, orientation, BinaryCode.ofNumber(BigInteger.valueOf(hash), BITS));
  }

  static ViewedHash part(View view, long hash) {
    return new ViewedHash(ALGORITHM, view, BinaryCode.ofNumber(BigInteger.valueOf(hash), BITS));
  }

  static Fingerprint fingerprint(int file, long hash, int quality) {
    BinaryCode code = BinaryCode.ofNumber(BigInteger.valueOf(hash), BITS);
    return new Fingerprint(
        sha256(file), 9, "png", 1, 1, quality, List.of(new PerceptualHash(ALGORITHM, code)));
  }

  static String sha256(int file) {
    return "%064x".formatted(file);
  }
}
