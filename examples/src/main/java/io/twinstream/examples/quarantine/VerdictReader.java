package io.twinstream.examples.quarantine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Reads verdicts field by field, and only the fields that are needed: others may come, and must not
 * matter.
 */
final class VerdictReader {
  private static final ObjectReader JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

  private VerdictReader() {}

  /**
   * What a verdict comes to.
   *
   * @param image the record's key
   * @param value the record's value
   * @throws RefusedRecordException if it is no verdict that this code knows
   */
  static Ruling read(String image, byte[] value) throws RefusedRecordException {
    if (value == null) {
      throw new RefusedRecordException("a verdict has a value");
    }
    try {
      JsonNode verdict = JSON.readTree(value);
      int version = verdict.required("version").asInt();
      if (version != 1) {
        throw new RefusedRecordException("a verdict of version " + version);
      }
      EventPlace event = EventPlace.parse(verdict.required("event").asText());
      String kind = verdict.required("verdict").asText();
      return switch (kind) {
        case "unique" -> new Ruling.Release(image, event);
        case "duplicate-found" -> hold(image, event, verdict);
        default -> throw new RefusedRecordException("a verdict of another kind: " + kind);
      };
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedRecordException("no verdict: " + e.getMessage(), e);
    }
  }

  private static Ruling hold(String image, EventPlace event, JsonNode verdict) {
    JsonNode original = verdict.required("original");
    return new Ruling.Hold(
        image,
        event,
        verdict.required("image").required("source").asText(),
        original.required("id").asText(),
        original.required("kind").asText(),
        original.required("distance").asInt());
  }
}
