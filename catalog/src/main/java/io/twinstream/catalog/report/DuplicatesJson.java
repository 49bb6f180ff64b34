package io.twinstream.catalog.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code duplicates.json}: every group with its members, in the order of the groups' numbers, each
 * group's original first, then by position.
 */
public final class DuplicatesJson {
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonMapper().getFactory();

  private DuplicatesJson() {}

  /** What it looks like. */
  public enum Form {
    /** Everything that is known of each member. */
    FULL,
    /** An object with the paths of each group: {@code {"group-1": ["path", …]}}. */
    GROUPS,
    /** An object with the duplicates of each original: {@code {"path": ["path", …]}}. */
    ORIGINALS;

    /** The name on the command line, lower case. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Writes it, in place of an older one. */
  public static void write(Path file, ScanReport report, Form form) throws IOException {
    ReplacedFile.write(
        file,
        out -> {
          try (JsonGenerator json = JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            switch (form) {
              case FULL -> writeFull(json, report);
              case GROUPS, ORIGINALS -> writePaths(json, report, form);
            }
            json.writeEndObject();
          }
        });
  }

  private static void writeFull(JsonGenerator json, ScanReport report) throws IOException {
    json.writeNumberField("version", VERSION);
    json.writeArrayFieldStart("groups");
    for (DuplicateGroup group : report.groups()) {
      write(json, group);
    }
    json.writeEndArray();
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

  /**
   * Each path stands in it once, where it comes first: one file may have been handed in twice, and
   * whoever deletes what is called a duplicate must not delete an original by that.
   */
  private static void writePaths(JsonGenerator json, ScanReport report, Form form)
      throws IOException {
    Set<String> written = new HashSet<>();
    for (DuplicateGroup group : report.groups()) {
      List<String> paths =
          group.members().stream()
              .map(member -> ImagePath.of(member.row().image()))
              .filter(written::add)
              .toList();
      if (paths.size() > 1) {
        boolean isByOriginal = form == Form.ORIGINALS;
        json.writeArrayFieldStart(isByOriginal ? paths.getFirst() : "group-" + group.number());
        for (String path : isByOriginal ? paths.subList(1, paths.size()) : paths) {
          json.writeString(path);
        }
        json.writeEndArray();
      }
    }
  }
}
