package io.twinstream.standalone;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of the JSON Schemas, as tables of their fields. */
final class FieldTables {
  private static final Path SCHEMAS =
      Path.of("..", "schemas", "src", "main", "resources", "io", "twinstream", "schema", "1");
  private static final String SUFFIX = ".json";

  /** A list of values that is longer has a section of its own. */
  private static final int FEW = 8;

  private static final long UNBOUNDED = Integer.MAX_VALUE;

  private final JsonNode shared;
  private final Map<String, JsonNode> objects = new LinkedHashMap<>();

  private FieldTables(JsonNode shared) {
    this.shared = shared;
  }

  static FieldTables load() throws IOException {
    FieldTables tables = new FieldTables(read(SCHEMAS.resolve("definitions.json")));
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        tables.add(name.substring(0, name.length() - SUFFIX.length()), read(file));
      }
    }
    // Two things are called fingerprint: a record, and what it holds.
    tables
        .shared
        .get("$defs")
        .properties()
        .forEach(part -> tables.add("the-" + part.getKey(), part.getValue()));
    return tables;
  }

  private void add(String name, JsonNode schema) {
    if (schema.has("properties")) {
      objects.put(name, schema);
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** Of every object that has fields. */
  Set<String> names() {
    return objects.keySet();
  }

  /** A row a field. */
  String of(String name) {
    JsonNode object = objects.get(name);
    if (object == null) {
      throw new AssertionError("the schemas have no %s, but %s".formatted(name, names()));
    }
    Set<String> required = new HashSet<>(texts(object.path("required")).toList());
    return object.get("properties").properties().stream()
        .map(field ->
            "| `%s` | %s | %s | %s |"
                .formatted(
                    field.getKey(),
                    type(field.getValue()),
                    required.contains(field.getKey()) ? "always" : "can be absent",
                    meaning(field.getValue())))
        .collect(joining("\n", "| field | type | there | meaning |\n|---|---|---|---|\n", "\n"));
  }

  private String meaning(JsonNode field) {
    String own = field.path("description").asText();
    return (own.isEmpty() ? resolve(field).path("description").asText() : own).replace("|", "\\|");
  }

  private JsonNode resolve(JsonNode field) {
    String reference = field.path("$ref").asText();
    int name = reference.lastIndexOf("/$defs/");
    return name < 0 ? field : shared.at(reference.substring(reference.indexOf('#') + 1));
  }

  private String type(JsonNode field) {
    String reference = field.path("$ref").asText();
    JsonNode is = resolve(field);
    if (is.has("properties")) {
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      return "[%s](#%s)".formatted(name, heading(name));
    } else if (is.path("$ref").asText().equals("image-metadata.json")) {
      return "[event](#image-metadata)";
    } else if (is.has("const")) {
      return "`%s`".formatted(is.get("const"));
    } else if (is.has("enum")) {
      List<String> values = texts(is.get("enum")).toList();
      return values.size() > FEW
          ? "one of [these](#reasons-of-download-failed)"
          : values.stream().map("`%s`"::formatted).collect(joining(" or "));
    }
    return switch (is.path("type").asText("")) {
      case "array" -> "array of " + type(is.get("items")) + bounds(is, "minItems", "maxItems", "");
      case "integer", "number" -> is.get("type").asText() + bounds(is, "minimum", "maximum", "");
      case "string" ->
          (is.has("format") ? "text, %s of RFC 3339".formatted(is.get("format").asText()) : "text")
              + length(is);
      case "" ->
          texts(is.get("type")).map(FieldTables::plain).collect(joining(" or ")) + length(is);
      case String other -> plain(other);
    };
  }

  private static String heading(String name) {
    return "the-" + name.toLowerCase(Locale.ROOT);
  }

  private static String plain(String type) {
    return type.equals("string") ? "text" : type;
  }

  private static String length(JsonNode is) {
    return bounds(is, "minLength", "maxLength", " characters");
  }

  private static String bounds(JsonNode is, String lower, String upper, String unit) {
    List<String> bounds = new ArrayList<>();
    if (is.path(lower).asLong() > 0 || (is.has(upper) && is.get(upper).asLong() < UNBOUNDED)) {
      bounds.add(is.path(lower).asText("0"));
      bounds.add(
          is.has(upper) && is.get(upper).asLong() < UNBOUNDED
              ? String.format(Locale.ROOT, "to %,d%s", is.get(upper).asLong(), unit)
              : "or more" + unit);
    }
    return bounds.isEmpty() ? "" : ", " + String.join(" ", bounds);
  }

  private static Stream<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }
}
