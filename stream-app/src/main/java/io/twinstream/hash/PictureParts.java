package io.twinstream.hash;

import io.twinstream.picture.GreyPicture;
import io.twinstream.schema.View;
import java.util.Optional;

/** Cuts parts out of a picture. They are the same part however the picture is turned. */
public final class PictureParts {
  /** Parts with a shorter side below this have too little in them. */
  private static final int MIN_SIDE = 32;

  private PictureParts() {}

  /** That part, if there is such a one and it is large enough to be hashed. */
  public static Optional<GreyPicture> of(GreyPicture picture, View view) {
    Optional<GreyPicture> part =
        switch (view) {
          case WHOLE -> Optional.of(picture);
          case TRIMMED -> Borders.trimmed(picture);
          case CENTRE_85 -> Optional.of(centre(picture, 0.85));
          case CENTRE_60 -> Optional.of(centre(picture, 0.60));
        };
    return part.filter(cut -> Math.min(cut.width(), cut.height()) >= MIN_SIDE);
  }

  private static GreyPicture centre(GreyPicture picture, double share) {
    int x = (int) Math.round(picture.width() * (1 - share) / 2);
    int y = (int) Math.round(picture.height() * (1 - share) / 2);
    return picture.part(x, y, picture.width() - 2 * x, picture.height() - 2 * y);
  }
}
