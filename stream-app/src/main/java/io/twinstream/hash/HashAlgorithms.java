package io.twinstream.hash;

import dev.brachtendorf.jimagehash.hashAlgorithms.AverageHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.AverageKernelHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.DifferenceHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.HashingAlgorithm;
import dev.brachtendorf.jimagehash.hashAlgorithms.MedianHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.PerceptiveHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.RotAverageHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.RotPHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.WaveletHash;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The hash algorithms by their names: PDQ and those of JImageHash that work on luma. */
public final class HashAlgorithms {
  private static final List<String> KNOWN =
      List.of(
          PdqHasher.NAME,
          "PerceptiveHash(BITS)",
          "DifferenceHash(BITS)",
          "DifferenceHash(BITS,Double)",
          "DifferenceHash(BITS,Triple)",
          "AverageHash(BITS)",
          "AverageKernelHash(BITS)",
          "MedianHash(BITS)",
          "WaveletHash(BITS,CYCLES)",
          "RotAverageHash(BITS)",
          "RotPHash(BITS)",
          "RotPHash(BITS,Truncated)");

  private HashAlgorithms() {}

  /** What names look like. */
  public static List<String> known() {
    return KNOWN;
  }

  /**
   * Algorithms by name.
   *
   * @throws IllegalArgumentException if one is unknown, can't be used or is named twice
   */
  public static List<PictureHasher> named(List<String> names) {
    List<PictureHasher> hashers = names.stream().map(HashAlgorithms::named).toList();
    Set<String> seen = new HashSet<>();
    for (PictureHasher hasher : hashers) {
      if (!seen.add(hasher.algorithm())) {
        throw new IllegalArgumentException(hasher.algorithm() + " is named twice");
      }
    }
    return hashers;
  }

  /**
   * An algorithm by name, such as {@code PerceptiveHash(256)}.
   *
   * @throws IllegalArgumentException if it is unknown or can't be used; the message says why
   */
  public static PictureHasher named(String name) {
    HashName parts = HashName.parse(name);
    if (parts.algorithm().equals(PdqHasher.NAME)) {
      if (parts.bits().isPresent()) {
        throw new IllegalArgumentException("PDQ always has 256 bits; its name is PDQ alone");
      }
      return new PdqHasher();
    }
    return new JImageHasher(parts.toString(), ofLibrary(parts));
  }

  private static HashingAlgorithm ofLibrary(HashName name) {
    return switch (name.algorithm()) {
      case "PerceptiveHash" -> new PerceptiveHash(bitsAlone(name));
      case "AverageHash" -> new AverageHash(bitsAlone(name));
      case "AverageKernelHash" -> new AverageKernelHash(bitsAlone(name));
      case "MedianHash" -> new MedianHash(bitsAlone(name));
      case "RotAverageHash" -> new RotAverageHash(bitsAlone(name));
      case "RotPHash" -> new RotPHash(name.neededBits(), isTruncated(name));
      case "DifferenceHash" -> new DifferenceHash(name.neededBits(), precision(name));
      case "WaveletHash" -> new WaveletHash(name.neededBits(), cycles(name));
      case "AverageColorHash" ->
          throw new IllegalArgumentException(
              "AverageColorHash works on colours, and pictures are hashed by their luma;"
                  + " AverageHash is its like");
      case "HogHash", "HogHashAngularEncoded", "HogHashDual" ->
          throw new IllegalArgumentException(
              name.algorithm() + " is experimental: its library calls it not ready to be used");
      default ->
          throw new IllegalArgumentException(
              "there is no hash algorithm %s; there are %s"
                  .formatted(name, String.join(", ", KNOWN)));
    };
  }

  private static int bitsAlone(HashName name) {
    if (name.option().isPresent()) {
      throw wrongOption(name, "nothing but its bits");
    }
    return name.neededBits();
  }

  private static boolean isTruncated(HashName name) {
    if (name.option().isPresent() && !name.option().equals(Optional.of("Truncated"))) {
      throw wrongOption(name, "bits, and Truncated or nothing");
    }
    return name.option().isPresent();
  }

  // Simple is what a name without it means; an algorithm has one name only.
  private static DifferenceHash.Precision precision(HashName name) {
    return switch (name.option().orElse("")) {
      case "" -> DifferenceHash.Precision.Simple;
      case "Double" -> DifferenceHash.Precision.Double;
      case "Triple" -> DifferenceHash.Precision.Triple;
      default -> throw wrongOption(name, "bits, and Double, Triple or nothing");
    };
  }

  private static int cycles(HashName name) {
    return name.option()
        .filter(text -> text.matches("[1-9]"))
        .map(Integer::valueOf)
        .orElseThrow(() -> wrongOption(name, "bits and 1 to 9 cycles, for example (32,4)"));
  }

  private static IllegalArgumentException wrongOption(HashName name, String wanted) {
    return new IllegalArgumentException(
        "%s: %s takes %s".formatted(name, name.algorithm(), wanted));
  }
}
