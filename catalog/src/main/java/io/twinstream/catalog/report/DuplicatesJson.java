package io.twinstream.catalog.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Orientation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
      if (member.orientation() != Orientation.UPRIGHT) {
        json.writeStringField("orientation", member.orientation().toString());
      }
      json.writePOJOField("attributes", image.attributes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * One file may have been handed in twice, in two collections, too. Whoever deletes what is called
   * a duplicate must not delete by that what is an original or unique elsewhere: such paths are
   * left out, and each duplicate stands once.
   */
  private static void writePaths(JsonGenerator json, ScanReport report, Form form)
      throws IOException {
    Set<String> passedOver = report.pathsToKeep();
    Map<String, List<String>> lists = new LinkedHashMap<>();
    for (DuplicateGroup group : report.groups()) {
      String original = ImagePath.of(group.original().image());
      List<String> duplicates =
          group.members().stream()
              .map(member -> ImagePath.of(member.row().image()))
              .filter(passedOver::add)
              .toList();
      if (!duplicates.isEmpty()) {
        if (form == Form.GROUPS) {
          lists.put("group-" + group.number(), joined(List.of(original), duplicates));
        } else {
          // Two collections can have the same original.
          lists.merge(original, duplicates, DuplicatesJson::joined);
        }
      }
    }
    for (Map.Entry<String, List<String>> list : lists.entrySet()) {
      json.writeArrayFieldStart(list.getKey());
      for (String path : list.getValue()) {
        json.writeString(path);
      }
      json.writeEndArray();
    }
  }

  private static List<String> joined(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
