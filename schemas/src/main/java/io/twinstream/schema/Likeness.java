package io.twinstream.schema;

/**
 * In which way two pictures are most alike, of all that they have codes for.
 *
 * @param distance in bits
 * @param orientation what has to be done to the first to make it look like the second
 * @param view the part of the first that looks like the second
 * @param matchedView the part of the second that it looks like
 */
public record Likeness(int distance, Orientation orientation, View view, View matchedView) {}
