package io.twinstream.picture;

/**
 * A decoded picture with its colours.
 *
 * @param picture the same in grey
 * @param colour of the same size and scale as the grey one
 */
public record DecodedColours(DecodedPicture picture, ColourPicture colour) {}
