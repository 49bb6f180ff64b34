package io.twinstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.serde.EventCodec;
import java.util.List;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;

/** What a task gave to Connect, read back as a consumer would. */
public record Told(List<SourceRecord> records) {
  /** The image events. */
  public List<ImageMetadata> images() {
    return on("image-metadata").stream()
        .map(record -> EventCodec.json(ImageMetadata.class).read((byte[]) record.value()))
        .toList();
  }

  /** The ids of the images. */
  public List<String> ids() {
    return images().stream().map(ImageMetadata::id).toList();
  }

  /** The places of the images. */
  public List<String> places() {
    return on("image-metadata").stream()
        .map(record -> header(record, SourceHeaders.PLACE))
        .toList();
  }

  /** The records that are dead letters. */
  public List<SourceRecord> deadLetters() {
    return on("image-dead-letters");
  }

  /** Why each dead letter is one. */
  public List<String> problems() {
    return deadLetters().stream().map(record -> header(record, DeadLetter.MESSAGE)).toList();
  }

  /** What the dead letters hold. */
  public List<String> excerpts() {
    return deadLetters().stream()
        .map(record -> new String((byte[]) record.value(), UTF_8))
        .toList();
  }

  /** The progress records. */
  public List<SourceProgress> progress() {
    return on("image-source-progress").stream()
        .map(record -> EventCodec.json(SourceProgress.class).read((byte[]) record.value()))
        .toList();
  }

  /** The records on a topic. */
  public List<SourceRecord> on(String topic) {
    return records.stream().filter(record -> record.topic().equals(topic)).toList();
  }

  /** A header's text; null if there is none. */
  public static String header(SourceRecord record, String name) {
    Header header = record.headers().lastWithName(name);
    return header == null ? null : (String) header.value();
  }
}
