package io.twinstream.picture;

/**
 * What a decoder made of a file. Its pixels stand as they are stored: {@code header.orientation()}
 * still has to be applied, which is cheaper once they have been shrunk further.
 *
 * @param header what the file said, and the pixels confirmed
 * @param grey the picture on white, its sides divided by {@code scale} and rounded up
 * @param decoder which one
 * @param scale 1, 2, 4 or 8
 */
public record DecodedPicture(PictureHeader header, GreyPicture grey, Decoder decoder, int scale) {
  /** Who decodes. */
  public enum Decoder {
    /** OpenCV with libjpeg-turbo, libpng, libwebp and libtiff: native code. */
    OPENCV,
    /** ImageIO with TwelveMonkeys' plugins: Java. */
    IMAGEIO
  }
}
