package io.twinstream.sample;

import io.twinstream.edit.Encoding;
import io.twinstream.edit.Encoding.Jpeg;
import io.twinstream.edit.Encoding.Plain;
import io.twinstream.edit.Retouch;
import java.util.Locale;

/** What people, programs and websites do to a picture that they pass on. */
enum Edit {
  EXACT_COPY("backup"),
  JPEG_30("copies/saved-again"),
  JPEG_60("copies/saved-again"),
  JPEG_85("copies/saved-again"),
  PNG("copies/saved-again"),
  GIF("copies/saved-again"),
  BMP("copies/saved-again"),
  HALF_SIZE("copies/resized"),
  QUARTER_SIZE("copies/resized"),
  DOUBLE_SIZE("copies/resized"),
  SQUASHED("copies/resized"),
  CROPPED("copies/resized"),
  BRIGHTER("copies/retouched"),
  DARKER("copies/retouched"),
  CONTRAST("copies/retouched"),
  SATURATED("copies/retouched"),
  GREYSCALE("copies/retouched"),
  SEPIA("copies/retouched"),
  BLURRED("copies/retouched"),
  SHARPENED("copies/retouched"),
  NOISY("copies/retouched"),
  CAPTION("copies/published"),
  LOGO("copies/published");

  private final String folder;

  Edit(String folder) {
    this.folder = folder;
  }

  /** As it stands in the truth and in file names: {@code half-size}. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where the result goes, relative to the sample's folder: {@code landscape/0017.jpg} edited. */
  String pathFor(String original) {
    String stem = original.substring(0, original.lastIndexOf('.'));
    return this == EXACT_COPY
        ? "%s/%s (1).%s".formatted(folder, stem, encoding().suffix())
        : "%s/%s-%s.%s".formatted(folder, stem.replace('/', '-'), slug(), encoding().suffix());
  }

  /** The edited file. */
  byte[] apply(byte[] original) {
    return this == EXACT_COPY
        ? original
        : encoding().encode(retouch().apply(Encoding.decode(original)));
  }

  private Encoding encoding() {
    return switch (this) {
      case JPEG_30 -> new Jpeg(30);
      case JPEG_60 -> new Jpeg(60);
      case PNG -> new Plain("png");
      case GIF -> new Plain("gif");
      case BMP -> new Plain("bmp");
      default -> new Jpeg(85);
    };
  }

  private Retouch retouch() {
    return switch (this) {
      case EXACT_COPY, JPEG_30, JPEG_60, JPEG_85, PNG, GIF, BMP -> Retouch.none();
      case HALF_SIZE -> Retouch.resize(0.5, 0.5);
      case QUARTER_SIZE -> Retouch.resize(0.25, 0.25);
      case DOUBLE_SIZE -> Retouch.resize(2, 2);
      case SQUASHED -> Retouch.resize(1, 0.92);
      case CROPPED -> Retouch.crop(0.01);
      case BRIGHTER -> Retouch.tone(1.12, 6);
      case DARKER -> Retouch.tone(0.82, 0);
      case CONTRAST -> Retouch.tone(1.2, -25);
      case SATURATED -> Retouch.saturate(1.5);
      case GREYSCALE -> Retouch.saturate(0);
      case SEPIA -> Retouch.sepia();
      case BLURRED -> Retouch.blur();
      case SHARPENED -> Retouch.sharpen();
      case NOISY -> Retouch.noise(28);
      case CAPTION -> Retouch.caption("TWINSTREAM DAILY");
      case LOGO -> Retouch.logo();
    };
  }
}
