package io.twinstream.hash;

import dev.brachtendorf.jimagehash.hashAlgorithms.HashingAlgorithm;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Orientation;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.lang.reflect.Field;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * An algorithm of JImageHash. It is given pictures that are averaged to the very size that it works
 * on, since it would take the nearest pixels. Thread-safe.
 */
final class JImageHasher implements PictureHasher {
  /** Larger sizes would cost more than decoding, for nothing. */
  private static final int MAX_SIDE = 1024;

  private final String name;
  private final HashingAlgorithm algorithm;
  private final int width;
  private final int height;
  private final int bits;

  /**
   * @throws IllegalArgumentException if the algorithm can't be used so
   */
  JImageHasher(String name, HashingAlgorithm algorithm) {
    this.name = name;
    this.algorithm = algorithm;
    this.width = workingSide(algorithm, "width");
    this.height = workingSide(algorithm, "height");
    if (Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException(
          "%s works on pictures of %s × %s, at most %s × %s are allowed"
              .formatted(name, width, height, MAX_SIDE, MAX_SIDE));
    }
    // Both are computed on first use without synchronisation.
    algorithm.algorithmId();
    this.bits = algorithm.getKeyResolution();
    if (bits < 1 || bits > BinaryCode.MAX_BITS) {
      throw new IllegalArgumentException(
          "the codes of %s have %s bits, 1 to %s are allowed"
              .formatted(name, bits, BinaryCode.MAX_BITS));
    }
  }

  @Override
  public String algorithm() {
    return name;
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public BinaryCode hash(UprightPicture picture) {
    return hash(picture.averaged(width, height));
  }

  @Override
  public Map<Orientation, BinaryCode> hashes(UprightPicture picture, Orientations ways) {
    Map<Orientation, BinaryCode> hashes = new EnumMap<>(Orientation.class);
    for (Orientation way : ways.ways()) {
      int before = way.swapsSides() ? height : width;
      int beforeHeight = way.swapsSides() ? width : height;
      float[] averaged = picture.averaged(before, beforeHeight);
      hashes.put(way, hash(way.apply(averaged, before, beforeHeight)));
    }
    return Collections.unmodifiableMap(hashes);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  private BinaryCode hash(float[] luma) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < luma.length; i++) {
      byte value = (byte) Math.round(luma[i]);
      pixels[3 * i] = value;
      pixels[3 * i + 1] = value;
      pixels[3 * i + 2] = value;
    }
    return BinaryCode.ofNumber(algorithm.hash(image).getHashValue(), bits);
  }

  /** The library tells it to nobody, and its rules for it differ between algorithms. */
  private static int workingSide(HashingAlgorithm algorithm, String name) {
    for (Class<?> type = algorithm.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          try {
            field.setAccessible(true);
            return field.getInt(algorithm);
          } catch (IllegalAccessException e) {
            throw new IllegalStateException("no access to the %s of %s".formatted(name, type), e);
          }
        }
      }
    }
    throw new IllegalStateException("%s has no %s".formatted(algorithm, name));
  }
}
