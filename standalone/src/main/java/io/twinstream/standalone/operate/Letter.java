package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.serde.ImageEvent;
import io.twinstream.schema.serde.UnreadableEventException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A dead letter. What it says of itself can be anything: whoever may write the topic wrote it. */
public final class Letter {
  private final ConsumerRecord<byte[], byte[]> record;

  /** Those of the record that became a letter. */
  private final List<Header> own;

  /** Those that say why. */
  private final RecordHeaders told;

  /** Of a record of the topic of dead letters. */
  public Letter(ConsumerRecord<byte[], byte[]> record) {
    this.record = record;
    List<Header> all = Arrays.asList(record.headers().toArray());
    int from = record.headers().lastHeader(DeadLetter.TOPIC) == null ? 0 : lastException(all);
    own = List.copyOf(all.subList(0, from));
    told = new RecordHeaders(all.subList(from, all.size()));
  }

  /** The app's own begin with it, and stand last: a letter may have been a letter before. */
  private static int lastException(List<Header> all) {
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).key().equals(DeadLetter.EXCEPTION)) {
        return i;
      }
    }
    return 0;
  }

  /** Where it stands. */
  public LetterPlace place() {
    return new LetterPlace(record.partition(), record.offset());
  }

  /** When it was written. */
  public Instant writtenAt() {
    return Instant.ofEpochMilli(record.timestamp());
  }

  /** What is wrong, in a sentence. */
  public String reason() {
    String message = text(DeadLetter.MESSAGE);
    return message.isEmpty() ? "it does not say why" : message;
  }

  /** The class of the exception, or empty. */
  public String exception() {
    return text(DeadLetter.EXCEPTION);
  }

  /** The record that it was; empty of what never was one. */
  public Optional<EventId> event() {
    try {
      return Optional.of(
          new EventId(
              text(DeadLetter.TOPIC),
              Integer.parseInt(text(DeadLetter.PARTITION)),
              Long.parseLong(text(DeadLetter.OFFSET))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where it comes from, for a person: a record, or a place in a source. */
  public String origin() {
    String line = source(SourceHeaders.LINE);
    return event()
        .map(EventId::toString)
        .orElseGet(() ->
            "%s %s%s"
                .formatted(
                    source(SourceHeaders.SOURCE),
                    source(SourceHeaders.PLACE),
                    line.isEmpty() ? "" : ", line " + line)
                .strip());
  }

  /** What a connector says of where it comes from, or empty. */
  public String source(String header) {
    return text(record.headers().lastHeader(header));
  }

  /** How long the value was, in bytes, where it was cut. */
  public OptionalLong wholeBytes() {
    return number(DeadLetter.ORIGINAL_LENGTH);
  }

  /** How many bytes the record's headers had, where they were left out. */
  public OptionalLong headersLeftOut() {
    return number(DeadLetter.HEADERS_LEFT_OUT);
  }

  private OptionalLong number(String header) {
    try {
      return OptionalLong.of(Long.parseLong(text(header)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether the record had more than the letter has. */
  boolean isCut() {
    return told.lastHeader(DeadLetter.ORIGINAL_LENGTH) != null
        || told.lastHeader(DeadLetter.HEADERS_LEFT_OUT) != null
        || (key() != null && key().length == DeadLetter.MAX_VALUE_BYTES);
  }

  /** The key of the record, which may be null. Not to be changed. */
  public byte[] key() {
    return record.key();
  }

  /** The value of the record, which may be null. Not to be changed. */
  public byte[] value() {
    return record.value();
  }

  /** All headers, in their order: those of the record, then those that say why. */
  public List<Header> headers() {
    return Arrays.asList(record.headers().toArray());
  }

  /**
   * The headers of the record as it came, and one that names this letter.
   *
   * @param topic where it stands
   */
  private RecordHeaders eventHeaders(String topic) {
    RecordHeaders headers = new RecordHeaders(own);
    headers.remove(SourceHeaders.DEAD_LETTER);
    headers.add(SourceHeaders.DEAD_LETTER, place().on(topic).toString().getBytes(UTF_8));
    return headers;
  }

  /**
   * As it came, to be sent to where it came from: all events of an image have to be on one
   * partition, whoever placed the first.
   *
   * @param topic where this letter stands
   * @throws java.util.NoSuchElementException if it never was an event
   */
  ProducerRecord<byte[], byte[]> asEvent(String topic) {
    EventId event = event().orElseThrow();
    return new ProducerRecord<>(
        event.topic(), event.partition(), key(), value(), eventHeaders(topic));
  }

  /** Whether this version can read it {@linkplain #asEvent as an event}. */
  boolean isReadable(String topic) {
    try {
      var _ = ImageEvent.read(key(), value(), eventHeaders(topic));
      return true;
    } catch (UnreadableEventException e) {
      return false;
    }
  }

  private String text(String name) {
    return text(told.lastHeader(name));
  }

  private static String text(Header header) {
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }
}
