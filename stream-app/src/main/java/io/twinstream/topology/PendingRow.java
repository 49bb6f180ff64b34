package io.twinstream.topology;

import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import java.time.Instant;

/**
 * An event without a result, as people look at it.
 *
 * @param event its id
 * @param image the image's key
 * @param host whose turn it waits for; empty for sources that bother nobody
 * @param address what is to be asked for next: the source, or where it has led this try
 * @param attempts how often it was tried
 * @param filedAt when it came, by the app's clock
 * @param dueAt when it may be tried next
 */
public record PendingRow(
    EventId event,
    ImageKey image,
    String host,
    String address,
    int attempts,
    Instant filedAt,
    Instant dueAt) {}
