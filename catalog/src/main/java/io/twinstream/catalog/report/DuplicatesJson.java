package io.twinstream.catalog.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.nio.file.Path;

/** {@code duplicates.json}: every group with its members. */
public final class DuplicatesJson {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonMapper().getFactory();

  private DuplicatesJson() {}

  /** Writes it, in place of an older one. */
  public static void write(Path file, ScanReport report) throws IOException {
    ReplacedFile.write(
        file,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeArrayFieldStart("groups");
            for (DuplicateGroup group : report.groups()) {
              write(json, group);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }

  private static void write(JsonGenerator json, DuplicateGroup group) throws IOException {
    json.writeStartObject();
    json.writeNumberField("group", group.number());
    json.writeStringField("collection", group.original().image().collection());
    json.writeNumberField("size", group.members().size());
    json.writeStringField("original", group.original().image().id());
    json.writeArrayFieldStart("members");
    for (Member member : group.members()) {
      ImageMetadata image = member.row().image();
      json.writeStartObject();
      json.writeStringField("id", image.id());
      json.writeStringField("path", ImagePath.of(image));
      json.writeStringField("kind", member.kind() == null ? "original" : member.kind().toString());
      json.writeNumberField("distance", member.distance());
      json.writeNumberField("similarity", member.similarity());
      json.writePOJOField("attributes", image.attributes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
