package io.twinstream.schema;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A raster format, told by the magic number at the start of a file and by nothing else. Formats
 * that can fetch or run something (SVG, PDF, PostScript) are deliberately none.
 */
public enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  TIFF,
  WEBP,
  ICO,
  PSD,
  JPEG2000,
  JPEGXL,
  AVIF,
  HEIC;

  /** Pictures and sequences of HEVC, plain, with more bits, in layers. */
  private static final List<String> HEIC_BRANDS =
      List.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");

  /** How many bytes from the start of a file {@link #detect} looks at, at most. */
  public static final int HEAD_BYTES = 32;

  /**
   * The format of a file.
   *
   * @param head the first {@value #HEAD_BYTES} bytes of the file, or all where it is shorter
   * @return empty if it is none of these
   */
  public static Optional<ImageFormat> detect(byte[] head) {
    String text = new String(head, 0, Math.min(head.length, HEAD_BYTES), ISO_8859_1);
    if (text.startsWith("\u00FF\u00D8\u00FF")) {
      return Optional.of(JPEG);
    } else if (text.startsWith("\u0089PNG\r\n\u001A\n")) {
      return Optional.of(PNG);
    } else if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
      return Optional.of(GIF);
    } else if (isBmp(text)) {
      return Optional.of(BMP);
    } else if (text.startsWith("II*\0")
        || text.startsWith("MM\0*")
        || text.startsWith("II+\0")
        || text.startsWith("MM\0+")) {
      return Optional.of(TIFF);
    } else if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    } else if (text.startsWith("\0\0\1\0") && text.length() >= 22) {
      return Optional.of(ICO);
    } else if (text.startsWith("8BPS\0")) {
      return Optional.of(PSD);
    } else if (text.startsWith("\0\0\0\fjP  \r\n") || text.startsWith("\u00FFO\u00FFQ")) {
      return Optional.of(JPEG2000);
    } else if (text.startsWith("\0\0\0\fJXL \r\n") || text.startsWith("\u00FF\n")) {
      return Optional.of(JPEGXL);
    } else if (text.startsWith("ftyp", 4)) {
      return isoMedia(text.substring(8));
    }
    return Optional.empty();
  }

  /** Two letters are too little to tell a picture: the length of the next header must fit, too. */
  private static boolean isBmp(String text) {
    return text.startsWith("BM")
        && text.length() >= 18
        && text.charAt(15) == 0
        && text.charAt(16) == 0
        && text.charAt(17) == 0
        && text.charAt(14) >= 12;
  }

  /** The major brand comes first, compatible ones from the ninth byte on. */
  private static Optional<ImageFormat> isoMedia(String brands) {
    if (brands.contains("avif") || brands.contains("avis")) {
      return Optional.of(AVIF);
    }
    return HEIC_BRANDS.stream().anyMatch(brands::contains)
            || brands.startsWith("mif1")
            || brands.startsWith("msf1")
        ? Optional.of(HEIC)
        : Optional.empty();
  }

  /** The name in events, lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
