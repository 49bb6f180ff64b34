package io.twinstream.schema;

/**
 * A colour that much of a picture has.
 *
 * @param rgb sRGB, as {@code #rrggbb} in lower-case hexadecimal
 * @param share the part of the picture's area, 0 to 1
 */
public record DominantColour(String rgb, double share) {}
