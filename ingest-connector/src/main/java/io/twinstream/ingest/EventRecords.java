package io.twinstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;

/** A source's findings as Connect's records: keys and values are bytes, headers texts. */
final class EventRecords {
  private static final EventCodec<ImageMetadata> IMAGES = EventCodec.json(ImageMetadata.class);
  private static final EventCodec<SourceProgress> PROGRESS = EventCodec.json(SourceProgress.class);

  private static final int FRAME_BYTES = 1024;

  private final String source;
  private final Topics topics;

  EventRecords(String source, Topics topics) {
    this.source = source;
    this.topics = topics;
  }

  SourceRecord of(Finding.Image found) {
    return record(
        found.bookmark(),
        topics.imageMetadata(),
        ImageKeySerde.write(found.image().key()),
        IMAGES.write(found.image()),
        place(found.place()));
  }

  SourceRecord of(Finding.Refused refused) {
    Excerpt excerpt = refused.excerpt();
    Problem problem = refused.problem();
    Headers headers = place(refused.place()).addString(DeadLetter.MESSAGE, problem.message());
    if (refused.line() > 0) {
      headers.addString(SourceHeaders.LINE, Long.toString(refused.line()));
    }
    if (!problem.exception().isEmpty()) {
      headers.addString(DeadLetter.EXCEPTION, problem.exception());
    }
    if (excerpt.isCut()) {
      headers.addString(DeadLetter.ORIGINAL_LENGTH, Long.toString(excerpt.length()));
    }
    return record(refused.bookmark(), topics.deadLetters(), null, excerpt.bytes(), headers);
  }

  SourceRecord of(SourceProgress progress, Bookmark bookmark) {
    return record(
        bookmark,
        topics.sourceProgress(),
        progressKey(progress).getBytes(UTF_8),
        PROGRESS.write(progress),
        new ConnectHeaders());
  }

  /**
   * About how many bytes of memory a record takes: its key, value, headers and bookmark, and
   * {@value #FRAME_BYTES} for all the objects that these are in.
   */
  static long size(SourceRecord record) {
    long size = FRAME_BYTES + bytes(record.key()) + bytes(record.value());
    for (Header header : record.headers()) {
      size += bytes(header.value());
    }
    for (Object text : record.sourcePartition().values()) {
      size += bytes(text);
    }
    for (Object text : record.sourceOffset().values()) {
      size += bytes(text);
    }
    return size;
  }

  private static long bytes(Object value) {
    return switch (value) {
      case byte[] bytes -> bytes.length;
      case String text -> 2L * text.length();
      case null, default -> 0;
    };
  }

  /** Names of sources have no tab in them, so no share has the key of another source. */
  private String progressKey(SourceProgress progress) {
    return progress.tasks() == 1 ? source : source + "\t" + progress.task();
  }

  private Headers place(String place) {
    return new ConnectHeaders()
        .addString(SourceHeaders.SOURCE, source)
        .addString(SourceHeaders.PLACE, place);
  }

  /** The partition is left to the producer, which places by key. */
  private static SourceRecord record(
      Bookmark bookmark, String topic, byte[] key, byte[] value, Headers headers) {
    return new SourceRecord(
        bookmark.partition(),
        bookmark.offset(),
        topic,
        null,
        Schema.OPTIONAL_BYTES_SCHEMA,
        key,
        Schema.BYTES_SCHEMA,
        value,
        null,
        headers);
  }
}
