package io.twinstream.catalog;

import io.twinstream.catalog.ImageRow.Origin;

/**
 * A row, a file or a record that could not become an event.
 *
 * @param origin where it was handed in
 * @param message why, in a sentence
 */
public record RejectedRow(Origin origin, String message) {}
