package io.twinstream.picture;

import io.twinstream.schema.ImageFormat;

/** The first section of a Photoshop file. */
final class PsdHeader {
  private PsdHeader() {}

  static PictureHeader read(HeaderBytes bytes) throws RefusedPictureException {
    return PictureHeader.opaque(ImageFormat.PSD, bytes.i32(18), bytes.i32(14));
  }
}
