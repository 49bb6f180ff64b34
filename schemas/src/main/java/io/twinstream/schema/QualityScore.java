package io.twinstream.schema;

/**
 * How good a copy of a picture is, for choosing the best of several. Only scores of copies of one
 * picture can be compared: a score knows nothing of what is in the picture.
 *
 * @param total 0 to 100: 45 % resolution, 25 % compression, 20 % sharpness, 10 % format
 * @param resolution 0 to 100: by the logarithm of the number of pixels, 0 at 32 × 32, 100 at 32
 *     million
 * @param compression 0 to 100: by the bytes that each pixel got and by block edges that can be seen
 * @param sharpness 0 to 100: by how much neighbouring pixels differ
 * @param format 0 to 100: whether the format keeps what it is given
 */
public record QualityScore(int total, int resolution, int compression, int sharpness, int format) {}
