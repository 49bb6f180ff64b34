package io.twinstream.schema.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.twinstream.schema.Event;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Writes and reads one type of record. Thread-safe. A null value and null bytes stand for each
 * other: tombstones.
 *
 * @param <T> the record
 */
public final class EventCodec<T> {
  /**
   * The largest value that is read, in bytes; everything within the bounds of the contract fits.
   */
  public static final int MAX_BYTES = 512 * 1024;

  private static final ObjectMapper JSON = configure(JsonMapper.builder());
  private static final ObjectMapper SMILE = configure(SmileMapper.builder());

  private final Class<T> type;
  private final ObjectReader reader;
  private final ObjectWriter writer;

  private EventCodec(Class<T> type, ObjectMapper mapper) {
    this.type = type;
    this.reader = mapper.readerFor(type);
    this.writer = mapper.writerFor(type);
  }

  /** The form of public topics: JSON in UTF-8. */
  public static <T extends Event> EventCodec<T> json(Class<T> type) {
    return new EventCodec<>(type, JSON);
  }

  /** The form of internal topics and stores: Smile. */
  public static <T> EventCodec<T> smile(Class<T> type) {
    return new EventCodec<>(type, SMILE);
  }

  private static <M extends ObjectMapper, B extends MapperBuilder<M, B>> M configure(
      MapperBuilder<M, B> builder) {
    return builder
        .addModule(new JavaTimeModule())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        // The caller's numbers keep their digits.
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        // A newer writer may add fields.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            textual -> {
              textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
              textual.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
              textual.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
        .build();
  }

  /** The record as bytes. */
  public byte[] write(T record) {
    if (record == null) {
      return null;
    }
    try {
      return writer.writeValueAsBytes(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write a " + type.getSimpleName(), e);
    }
  }

  /**
   * The bytes as a record.
   *
   * @throws UnreadableEventException if the bytes are too many, no JSON object, of another version,
   *     or break the rules of the record; the message names the field where it can
   */
  public T read(byte[] bytes) {
    if (bytes == null) {
      return null;
    }
    if (bytes.length > MAX_BYTES) {
      throw new UnreadableEventException(
          String.format(
              Locale.ROOT,
              "the value has %,d bytes, at most %,d are read",
              bytes.length,
              MAX_BYTES));
    }
    JsonNode tree = parse(bytes);
    if (!tree.isObject()) {
      throw new UnreadableEventException("the value is not a JSON object");
    }
    JsonNode version = tree.get("version");
    if (version != null && !(version.isInt() && version.intValue() == Event.VERSION)) {
      throw new UnreadableEventException(
          "the value has version %s, this build reads version %s"
              .formatted(version, Event.VERSION));
    }
    try {
      return reader.readValue(tree);
    } catch (IOException e) {
      throw new UnreadableEventException(ReadProblem.ofMapping(e), e);
    }
  }

  private JsonNode parse(byte[] bytes) {
    try {
      return reader.readTree(bytes);
    } catch (IOException | NumberFormatException e) {
      // The latter comes of an exponent that no number can have.
      throw new UnreadableEventException(ReadProblem.ofParsing(e), e);
    }
  }

  /** This codec for Kafka. */
  public Serde<T> serde() {
    return Serdes.serdeFrom((topic, record) -> write(record), (topic, bytes) -> read(bytes));
  }
}
