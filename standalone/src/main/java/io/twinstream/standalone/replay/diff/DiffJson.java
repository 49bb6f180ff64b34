package io.twinstream.standalone.replay.diff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.standalone.replay.diff.Change.Kind;
import io.twinstream.standalone.replay.diff.Outcome.Duplicate;
import io.twinstream.standalone.replay.diff.Outcome.Unique;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** All of it as one JSON object. */
public final class DiffJson {
  private static final JsonFactory JSON =
      new JsonMapper().getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final JsonGenerator json;
  private final Map<ImageKey, String> sources;

  private DiffJson(JsonGenerator json, Map<ImageKey, String> sources) {
    this.json = json;
    this.sources = sources;
  }

  /**
   * Writes it.
   *
   * @param sources of originals
   */
  public static void write(Difference difference, Map<ImageKey, String> sources, Writer out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      new DiffJson(json, sources).write(difference);
      json.writeRaw('\n');
    }
  }

  private void write(Difference difference) throws IOException {
    json.writeStartObject();
    write("a", difference.a());
    write("b", difference.b());
    json.writeNumberField("same", difference.same());
    for (Kind kind : Kind.values()) {
      json.writeNumberField(field(kind), difference.of(kind).size());
    }
    json.writeNumberField("onlyA", difference.onlyA());
    json.writeNumberField("onlyB", difference.onlyB());
    json.writeNumberField("replaced", difference.replaced());
    json.writeObjectFieldStart("byDistance");
    for (Kind kind : Kind.values()) {
      json.writeObjectFieldStart(field(kind));
      for (Map.Entry<Integer, Long> one : difference.byDistance(kind).entrySet()) {
        json.writeNumberField(one.getKey().toString(), one.getValue());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("changes");
    for (Change change : difference.changes()) {
      write(change);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String field(Kind kind) {
    return switch (kind) {
      case NEW_DUPLICATE -> "newDuplicates";
      case NO_LONGER_DUPLICATE -> "noLongerDuplicates";
      case OTHER_ORIGINAL -> "otherOriginal";
    };
  }

  private void write(String name, Side side) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("run", side.run());
    json.writeArrayFieldStart("thresholds");
    for (Threshold threshold : side.thresholds()) {
      json.writeStartObject();
      json.writeStringField("algorithm", threshold.algorithm());
      json.writeNumberField("radius", threshold.radius());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("images", side.images());
    if (side.judgedAt().isPresent()) {
      json.writeStringField("judgedAt", side.judgedAt().get().toString());
    }
    json.writeArrayFieldStart("limits");
    for (String limit : side.limits()) {
      json.writeString(limit);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Change change) throws IOException {
    json.writeStartObject();
    json.writeStringField("change", change.kind().toString());
    json.writeStringField("collection", change.image().collection());
    json.writeStringField("image", change.image().id());
    json.writeStringField("source", change.source());
    json.writeBooleanField("replaced", change.isReplaced());
    write("originalA", change, change.a());
    write("originalB", change, change.b());
    json.writeEndObject();
  }

  private void write(String name, Change change, Outcome outcome) throws IOException {
    switch (outcome) {
      case Unique _ -> json.writeNullField(name);
      case Duplicate duplicate -> {
        json.writeObjectFieldStart(name);
        json.writeStringField("image", duplicate.original());
        json.writeNumberField("distance", duplicate.distance());
        json.writeStringField("source", sources.getOrDefault(change.original(duplicate), ""));
        json.writeEndObject();
      }
    }
  }
}
