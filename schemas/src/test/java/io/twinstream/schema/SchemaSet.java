package io.twinstream.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON Schemas of one version, by file name, as far as one needs to look into them: keywords,
 * and {@code $ref} to another file or part of it.
 */
final class SchemaSet {
  static final Path CURRENT = Path.of("src/main/resources/io/twinstream/schema/1");
  static final Path RELEASED = Path.of("src/test/resources/released/1");

  /** Holds parts of other schemas and is none itself. */
  private static final String DEFINITIONS = "definitions.json";

  private final Map<String, ObjectNode> files;

  private SchemaSet(Map<String, ObjectNode> files) {
    this.files = files;
    files.forEach(SchemaSet::nameFilesInReferences);
  }

  static SchemaSet load(Path folder) {
    Map<String, ObjectNode> files = new TreeMap<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : found) {
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
        files.put(file.getFileName().toString(), (ObjectNode) json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SchemaSet(files);
  }

  /** A deep copy, to change. */
  SchemaSet copy() {
    Map<String, ObjectNode> copies = new TreeMap<>();
    files.forEach((name, json) -> copies.put(name, json.deepCopy()));
    return new SchemaSet(copies);
  }

  /** The names of the files that are schemas of records. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(files.keySet());
    names.remove(DEFINITIONS);
    return names;
  }

  /** A whole file as it is written. */
  ObjectNode file(String name) {
    return files.get(name);
  }

  /** A part of a file as it is written; "" is the whole. */
  ObjectNode part(String name, String pointer) {
    return (ObjectNode) files.get(name).requiredAt(pointer);
  }

  void remove(String name) {
    files.remove(name);
  }

  /** A schema with what its reference leads to put beside its own keywords. */
  ObjectNode resolve(JsonNode schema) {
    if (!schema.has("$ref")) {
      return (ObjectNode) schema;
    }
    String[] reference = schema.get("$ref").textValue().split("#", 2);
    ObjectNode resolved =
        resolve(part(reference[0], reference.length > 1 ? reference[1] : "")).deepCopy();
    schema
        .properties()
        .forEach(keyword -> {
          switch (keyword.getKey()) {
            case "$ref" -> {}
            case "required" ->
                resolved.set("required", union(resolved.path("required"), keyword.getValue()));
            case "title", "description", "examples" ->
                resolved.set(keyword.getKey(), keyword.getValue());
            default -> throw new IllegalStateException(keyword + " stands beside a $ref");
          }
        });
    return resolved;
  }

  private static ArrayNode union(JsonNode some, JsonNode others) {
    Set<JsonNode> all = new LinkedHashSet<>();
    some.forEach(all::add);
    others.forEach(all::add);
    return JsonNodeFactory.instance.arrayNode().addAll(all);
  }

  private static void nameFilesInReferences(String file, JsonNode json) {
    if (json instanceof ObjectNode object && object.path("$ref").asText().startsWith("#")) {
      object.put("$ref", file + object.get("$ref").textValue());
    }
    json.forEach(child -> nameFilesInReferences(file, child));
  }
}
