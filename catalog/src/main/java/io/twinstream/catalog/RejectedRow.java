package io.twinstream.catalog;

import io.twinstream.catalog.ImageRow.Origin;
import java.time.Instant;

/**
 * A row, a file or a record that could not become an event.
 *
 * @param origin where it was handed in
 * @param message why, in a sentence
 * @param at when it was handed in, by its record's timestamp
 */
public record RejectedRow(Origin origin, String message, Instant at) {}
