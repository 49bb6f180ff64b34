package io.twinstream.topology;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.load.LoadResult.Loaded;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Thumbnail;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends results on their way to the matcher, each with its event's key, time and headers, and
 * thumbnails to their topic, in the order of the results and in the same transaction.
 */
final class Results {
  private final ProcessorContext<ImageKey, Object> context;
  private final String eventTopic;

  /**
   * @param eventTopic the name of {@code image-metadata}, for event ids
   */
  Results(ProcessorContext<ImageKey, Object> context, String eventTopic) {
    this.context = context;
    this.eventTopic = eventTopic;
  }

  void removed(PendingEvent event) {
    forward(event, new FetchResult.Removed(eventId(event)));
    // Whether thumbnails are made now or not: they may have been when the image came.
    forwardThumbnail(event, null, new RecordHeaders());
  }

  void fingerprinted(PendingEvent event, Loaded loaded) {
    Fingerprint fingerprint = loaded.fingerprint();
    forward(event, new FetchResult.Fingerprinted(eventId(event), event.image(), fingerprint));
    if (!loaded.thumbnail().isNone()) {
      Headers headers = new RecordHeaders();
      headers.add(Thumbnail.OF_HEADER, fingerprint.sha256().getBytes(StandardCharsets.UTF_8));
      forwardThumbnail(event, loaded.thumbnail().toBytes(), headers);
    }
  }

  /**
   * @param attempts how often it was tried
   */
  void failed(PendingEvent event, Failed failure, int attempts) {
    forward(
        event,
        new FetchResult.Failed(
            eventId(event),
            event.image(),
            failure.reason(),
            failure.detail(),
            failure.retry() != FailureReason.Retry.NEVER,
            failure.httpStatus(),
            attempts));
  }

  /** A newer event of the same image came; the one that it leaves behind may be a removal. */
  void superseded(PendingEvent event) {
    if (event.image() == null) {
      removed(event);
    } else {
      failed(
          event,
          new Failed(FailureReason.SUPERSEDED, "a newer event of the same image came first"),
          event.attempts());
    }
  }

  void cancelled(PendingEvent event) {
    failed(event, new Failed(FailureReason.CANCELLED, "given up by an operator"), event.attempts());
  }

  private EventId eventId(PendingEvent event) {
    return new EventId(eventTopic, context.taskId().partition(), event.offset());
  }

  private void forward(PendingEvent event, FetchResult result) {
    context.forward(
        new Record<>(event.key(), result, event.timestamp(), event.headers()),
        NodeNames.TO_FETCHED_IMAGES);
  }

  private void forwardThumbnail(PendingEvent event, byte[] jpeg, Headers headers) {
    context.forward(
        new Record<>(event.key(), jpeg, event.timestamp(), headers), NodeNames.IMAGE_THUMBNAILS);
  }
}
