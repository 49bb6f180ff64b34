package io.twinstream.accuracy;

import io.twinstream.edit.Encoding;
import io.twinstream.edit.Encoding.Jpeg;
import io.twinstream.edit.Encoding.Plain;
import io.twinstream.edit.Encoding.Webp;
import io.twinstream.edit.Retouch;
import io.twinstream.schema.Orientation;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done to a photograph to see whether it is found again. */
public enum AccuracyEdit {
  JPEG_30,
  JPEG_10,
  PNG,
  WEBP,
  GIF,
  HALF,
  QUARTER,
  DOUBLE,
  SQUASH,
  BRIGHT,
  DARK,
  CONTRAST,
  SATURATION,
  GREY,
  HUE,
  SEPIA,
  BLUR,
  SHARPEN,
  NOISE,
  TEXT,
  LOGO,
  BORDER,
  CROP_5,
  CROP_10,
  CROP_20,
  CROP_40,
  ROTATE_2,
  ROTATE_5,
  QUARTER_TURN,
  HALF_TURN,
  MIRROR,
  CORNER_5,
  CORNER_10,
  CORNER_20,
  CORNER_40,
  SIDE_5,
  SIDE_10,
  SIDE_20,
  SIDE_40;

  /** Crops that keep the upper left corner, and those that only lose the bottom. */
  public static final List<AccuracyEdit> OFF_CENTRE =
      List.of(CORNER_5, CORNER_10, CORNER_20, CORNER_40, SIDE_5, SIDE_10, SIDE_20, SIDE_40);

  /** All others: what pictures usually go through. */
  public static final List<AccuracyEdit> USUAL =
      Arrays.stream(values()).filter(edit -> !OFF_CENTRE.contains(edit)).toList();

  /** Less than that on the shorter side is no picture any more, but a sign. */
  static final int MIN_SIDE = 32;

  /** The name in reports and of folders: {@code crop-10}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The edited picture as a file. */
  public byte[] apply(BufferedImage original) {
    return encoding().encode(retouch().apply(original));
  }

  /** The shorter side of what it makes of a picture of that size, in pixels, as good as. */
  int shorterSide(int width, int height) {
    int shorter = Math.min(width, height);
    return switch (this) {
      case HALF -> shorter / 2;
      case QUARTER -> shorter / 4;
      case SQUASH -> Math.min(width, height * 3 / 4);
      case CROP_5, CROP_10, CROP_20, CORNER_5, CORNER_10, CORNER_20 -> shorter * 4 / 5;
      case SIDE_5, SIDE_10, SIDE_20 -> Math.min(width, height * 4 / 5);
      case SIDE_40 -> Math.min(width, height * 3 / 5);
      case CROP_40, CORNER_40 -> shorter * 3 / 5;
      default -> shorter;
    };
  }

  private Encoding encoding() {
    return switch (this) {
      case JPEG_30 -> new Jpeg(30);
      case JPEG_10 -> new Jpeg(10);
      case PNG -> new Plain("png");
      case WEBP -> new Webp(75);
      case GIF -> new Plain("gif");
      default -> new Jpeg(95);
    };
  }

  private Retouch retouch() {
    return switch (this) {
      case JPEG_30, JPEG_10, PNG, WEBP, GIF -> Retouch.none();
      case HALF -> Retouch.resize(0.5, 0.5);
      case QUARTER -> Retouch.resize(0.25, 0.25);
      case DOUBLE -> Retouch.resize(2, 2);
      case SQUASH -> Retouch.resize(1, 0.75);
      case BRIGHT -> Retouch.tone(1.4, 0);
      case DARK -> Retouch.tone(0.6, 0);
      case CONTRAST -> Retouch.tone(1.5, -64);
      case SATURATION -> Retouch.saturate(1.8);
      case GREY -> Retouch.saturate(0);
      case HUE -> Retouch.hue(40);
      case SEPIA -> Retouch.sepia();
      case BLUR -> Retouch.blur(2);
      case SHARPEN -> Retouch.sharpen();
      case NOISE -> Retouch.noise(40);
      case TEXT -> Retouch.caption("SAMPLE TEXT", 0.06, 0.85);
      case LOGO -> Retouch.logo(0.12);
      case BORDER -> Retouch.border(0.05, Color.WHITE);
      case CROP_5 -> Retouch.crop(0.025);
      case CROP_10 -> Retouch.crop(0.05);
      case CROP_20 -> Retouch.crop(0.10);
      case CROP_40 -> Retouch.crop(0.20);
      case ROTATE_2 -> Retouch.rotate(2);
      case ROTATE_5 -> Retouch.rotate(5);
      case QUARTER_TURN -> Retouch.turn(Orientation.TURN_90);
      case HALF_TURN -> Retouch.turn(Orientation.TURN_180);
      case MIRROR -> Retouch.turn(Orientation.MIRROR);
      case CORNER_5 -> Retouch.crop(0, 0, 0.05, 0.05);
      case CORNER_10 -> Retouch.crop(0, 0, 0.10, 0.10);
      case CORNER_20 -> Retouch.crop(0, 0, 0.20, 0.20);
      case CORNER_40 -> Retouch.crop(0, 0, 0.40, 0.40);
      case SIDE_5 -> Retouch.crop(0, 0, 0, 0.05);
      case SIDE_10 -> Retouch.crop(0, 0, 0, 0.10);
      case SIDE_20 -> Retouch.crop(0, 0, 0, 0.20);
      case SIDE_40 -> Retouch.crop(0, 0, 0, 0.40);
    };
  }
}
