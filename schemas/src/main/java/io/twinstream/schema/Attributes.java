package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The caller's own JSON object, carried through to the verdict as it came: order, nesting and the
 * digits of numbers stay. An immutable value that can always be written, in an event too.
 */
public final class Attributes {
  /** The largest serialised form, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  /** How deep objects and arrays can lie in each other; the attributes themselves count as one. */
  public static final int MAX_DEPTH = 100;

  /** No attributes. */
  public static final Attributes NONE = new Attributes(JsonNodeFactory.instance.objectNode());

  private final ObjectNode json;

  private Attributes(ObjectNode json) {
    requireWritable(json, 1);
    this.json = json;
  }

  /**
   * The given object; it is copied.
   *
   * @throws IllegalArgumentException if it is nested deeper than {@value #MAX_DEPTH}, or a name or
   *     a text in it is not well-formed Unicode
   */
  @JsonCreator
  public static Attributes of(ObjectNode json) {
    return new Attributes(json.deepCopy());
  }

  private static void requireWritable(JsonNode node, int depth) {
    if (node.isTextual()) {
      Unicode.requireWellFormed("a text in the attributes", node.textValue());
    } else if (node.isContainerNode()) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException(
            "attributes are nested at most %s deep".formatted(MAX_DEPTH));
      }
      node.fieldNames()
          .forEachRemaining(name -> Unicode.requireWellFormed("a name in the attributes", name));
      node.forEach(child -> requireWritable(child, depth + 1));
    }
  }

  /**
   * One text attribute an entry, in the map's order.
   *
   * @throws IllegalArgumentException if a name or a text is not well-formed Unicode
   */
  public static Attributes ofTexts(Map<String, String> texts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    texts.forEach(json::put);
    return new Attributes(json);
  }

  /** The names, in order. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Whether there is such an attribute. */
  public boolean has(String name) {
    return json.has(name);
  }

  /** An attribute as text: a JSON string's content, other JSON as it is written; "" if absent. */
  public String text(String name) {
    JsonNode value = json.path(name);
    return value.isValueNode() ? value.asText() : value.isMissingNode() ? "" : value.toString();
  }

  /** An attribute that is a JSON number, with the digits it came with; empty if it is none. */
  public Optional<BigDecimal> number(String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
  }

  /** The length of the serialised form, in bytes of UTF-8. */
  public int byteSize() {
    return json.isEmpty() ? 2 : json.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /** A copy as JSON, with the digits of its numbers as they came. */
  public ObjectNode toJson() {
    return json.deepCopy();
  }

  @JsonValue
  ObjectNode json() {
    return json;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that && json.equals(that.json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
