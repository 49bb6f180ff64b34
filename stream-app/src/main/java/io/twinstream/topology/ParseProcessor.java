package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.serde.ImageEvent;
import io.twinstream.schema.serde.UnreadableEventException;
import java.util.Arrays;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reads records of {@code image-metadata}. What can't be read goes to the dead letters, with the
 * headers of KIP-1034; a value of null goes on as a removal.
 */
final class ParseProcessor implements Processor<byte[], byte[], Object, Object> {
  /** Messages quote what they complain of. */
  private static final int MAX_MESSAGE_LENGTH = 1_000;

  private final String next;
  private final String deadLetters;
  private ProcessorContext<Object, Object> context;

  /**
   * Forwards to two children.
   *
   * @param next the name of the node that takes events
   * @param deadLetters the name of the node that takes dead letters
   */
  ParseProcessor(String next, String deadLetters) {
    this.next = next;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<Object, Object> context) {
    this.context = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Record<Object, Object> event;
    try {
      event = read(record);
    } catch (UnreadableEventException e) {
      context.forward(deadLetter(record, e), deadLetters);
      return;
    }
    context.forward(event, next);
  }

  private static Record<Object, Object> read(Record<byte[], byte[]> record) {
    ImageEvent event = ImageEvent.read(record.key(), record.value(), record.headers());
    return new Record<>(
        event.key(), event.image().orElse(null), Math.max(0, record.timestamp()), record.headers());
  }

  private Record<Object, Object> deadLetter(
      Record<byte[], byte[]> record, UnreadableEventException e) {
    RecordMetadata at = context.recordMetadata().orElseThrow();
    // Whatever is wrong with the record, its dead letter must not be too large to be sent.
    int headerBytes = ImageEvent.size(record.headers());
    boolean isHeavy = headerBytes > ImageMetadata.MAX_HEADER_BYTES;
    Headers headers = isHeavy ? new RecordHeaders() : new RecordHeaders(record.headers());
    byte[] value = record.value();
    headers
        .add(DeadLetter.EXCEPTION, e.getClass().getName().getBytes(UTF_8))
        .add(DeadLetter.MESSAGE, message(e).getBytes(UTF_8))
        .add(DeadLetter.TOPIC, at.topic().getBytes(UTF_8))
        .add(DeadLetter.PARTITION, Integer.toString(at.partition()).getBytes(UTF_8))
        .add(DeadLetter.OFFSET, Long.toString(at.offset()).getBytes(UTF_8));
    if (isHeavy) {
      headers.add(DeadLetter.HEADERS_LEFT_OUT, Integer.toString(headerBytes).getBytes(UTF_8));
    }
    if (value != null && value.length > DeadLetter.MAX_VALUE_BYTES) {
      headers.add(DeadLetter.ORIGINAL_LENGTH, Integer.toString(value.length).getBytes(UTF_8));
    }
    return new Record<>(cut(record.key()), cut(value), Math.max(0, record.timestamp()), headers);
  }

  private static String message(UnreadableEventException e) {
    String message = String.valueOf(e.getMessage());
    return message.length() > MAX_MESSAGE_LENGTH
        ? message.substring(0, MAX_MESSAGE_LENGTH) + " …"
        : message;
  }

  private static byte[] cut(byte[] bytes) {
    return bytes != null && bytes.length > DeadLetter.MAX_VALUE_BYTES
        ? Arrays.copyOf(bytes, DeadLetter.MAX_VALUE_BYTES)
        : bytes;
  }
}
