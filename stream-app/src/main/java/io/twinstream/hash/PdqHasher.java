package io.twinstream.hash;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Orientation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** {@link Pdq} by its name. */
final class PdqHasher implements PictureHasher {
  static final String NAME = "PDQ";

  @Override
  public String algorithm() {
    return NAME;
  }

  @Override
  public int bits() {
    return Pdq.BITS;
  }

  @Override
  public BinaryCode hash(UprightPicture picture) {
    return new Pdq(picture.stored(), picture.orientation()).code(Orientation.UPRIGHT);
  }

  @Override
  public Map<Orientation, BinaryCode> hashes(UprightPicture picture, Orientations ways) {
    Pdq pdq = new Pdq(picture.stored(), picture.orientation());
    Map<Orientation, BinaryCode> hashes = new EnumMap<>(Orientation.class);
    for (Orientation way : ways.ways()) {
      hashes.put(way, pdq.code(way));
    }
    return Collections.unmodifiableMap(hashes);
  }
}
