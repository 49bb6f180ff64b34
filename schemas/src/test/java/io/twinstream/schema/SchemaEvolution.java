package io.twinstream.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may change within a version of the schemas.
 *
 * <ul>
 *   <li>A property may be added, and no other be removed or renamed: readers ignore the unknown.
 *   <li>In what others send us, nothing that was allowed may become forbidden: no type, value or
 *       range taken away, nothing newly required.
 *   <li>In what others read from us, what they may find stays what it was: the same types, values,
 *       ranges and required properties. (Not wider, or readers meet what they were never promised;
 *       not narrower, because records of the older release stay on the topics.) Values may be added
 *       only where {@code "x-may-grow": true} has told readers to expect it.
 *   <li>Any other keyword that restricts a value stays as it is.
 * </ul>
 *
 * A change that breaks these needs a new version of the schema, with its own number.
 */
final class SchemaEvolution {
  /** The schemas of what others send us; all the rest is what others read from us. */
  private static final Set<String> SENT_TO_US = Set.of("image-metadata.json", "fetch-control.json");

  private static final Set<String> LOWER_BOUNDS = Set.of("minimum", "minLength", "minItems");
  private static final Set<String> UPPER_BOUNDS = Set.of("maximum", "maxLength", "maxItems");
  private static final Set<String> WITHOUT_EFFECT =
      Set.of("$schema", "$defs", "$comment", "title", "description", "examples", "x-may-grow");

  private final SchemaSet before;
  private final SchemaSet after;
  private final List<String> breaks = new ArrayList<>();

  private SchemaEvolution(SchemaSet before, SchemaSet after) {
    this.before = before;
    this.after = after;
  }

  /** What is broken by the step from one set to the other, a line each; empty if nothing is. */
  static List<String> breaks(SchemaSet before, SchemaSet after) {
    SchemaEvolution evolution = new SchemaEvolution(before, after);
    for (String name : before.names()) {
      if (after.names().contains(name)) {
        evolution.compare(name, before.file(name), after.file(name), !SENT_TO_US.contains(name));
      } else {
        evolution.breaks.add(name + ": removed");
      }
    }
    return evolution.breaks;
  }

  private void compare(String path, JsonNode oldPart, JsonNode newPart, boolean readFromUs) {
    JsonNode was = before.resolve(oldPart);
    JsonNode is = after.resolve(newPart);
    Set<String> keywords = new TreeSet<>();
    was.fieldNames().forEachRemaining(keywords::add);
    is.fieldNames().forEachRemaining(keywords::add);
    keywords.removeAll(WITHOUT_EFFECT);
    for (String keyword : keywords) {
      JsonNode old = was.path(keyword);
      JsonNode now = is.path(keyword);
      if (LOWER_BOUNDS.contains(keyword) || UPPER_BOUNDS.contains(keyword)) {
        compareBound(path, keyword, old, now, readFromUs);
        continue;
      }
      switch (keyword) {
        case "properties" -> compareProperties(path, old, now, readFromUs);
        case "required" -> compareRequired(path, texts(old), texts(now), readFromUs);
        case "items" -> compare(path + "[]", orAnything(old), orAnything(now), readFromUs);
        case "oneOf" -> compareAlternatives(path, old, now, readFromUs);
        case "type" -> compareValues(path, "type", types(old), types(now), readFromUs);
        case "enum", "const" -> {
          boolean mayGrow = was.path("x-may-grow").asBoolean();
          compareValues(path, "value", values(was), values(is), readFromUs && !mayGrow);
        }
        default -> {
          if (!old.equals(now)) {
            breaks.add("%s: %s changed from %s to %s".formatted(path, keyword, old, now));
          }
        }
      }
    }
  }

  private void compareProperties(String path, JsonNode old, JsonNode now, boolean readFromUs) {
    old.properties()
        .forEach(property -> {
          String name = property.getKey();
          String place = path + "." + name;
          if (now.has(name)) {
            compare(place, property.getValue(), now.get(name), readFromUs);
          } else {
            breaks.add(place + ": removed");
          }
        });
  }

  private void compareRequired(
      String path, Set<JsonNode> old, Set<JsonNode> now, boolean readFromUs) {
    minus(now, old).forEach(name -> breaks.add("%s: %s newly required".formatted(path, name)));
    if (readFromUs) {
      minus(old, now)
          .forEach(name -> breaks.add("%s: %s no longer required".formatted(path, name)));
    }
  }

  private void compareAlternatives(String path, JsonNode old, JsonNode now, boolean readFromUs) {
    for (int i = 0; i < old.size(); i++) {
      if (i < now.size()) {
        compare("%s<%s>".formatted(path, i), old.get(i), now.get(i), readFromUs);
      } else {
        breaks.add("%s<%s>: removed".formatted(path, i));
      }
    }
    if (now.size() > old.size() && (readFromUs || old.isMissingNode())) {
      breaks.add("%s: alternatives added".formatted(path));
    }
  }

  /** Of a null set everything is an element. */
  private void compareValues(
      String path, String what, Set<JsonNode> old, Set<JsonNode> now, boolean closed) {
    if (old == null || now == null) {
      if (old == null && now != null) {
        breaks.add("%s: %s restricted to %s".formatted(path, what, now));
      } else if (old != null && closed) {
        breaks.add("%s: %s no longer restricted to %s".formatted(path, what, old));
      }
      return;
    }
    minus(old, now).forEach(value -> breaks.add("%s: %s %s removed".formatted(path, what, value)));
    if (closed) {
      minus(now, old).forEach(value -> breaks.add("%s: %s %s added".formatted(path, what, value)));
    }
  }

  private void compareBound(
      String path, String keyword, JsonNode old, JsonNode now, boolean readFromUs) {
    if (same(old, now)) {
      return;
    }
    boolean rises =
        now.isMissingNode()
            ? UPPER_BOUNDS.contains(keyword)
            : old.isMissingNode()
                ? LOWER_BOUNDS.contains(keyword)
                : now.decimalValue().compareTo(old.decimalValue()) > 0;
    boolean tightened = rises == LOWER_BOUNDS.contains(keyword);
    if (tightened || readFromUs) {
      breaks.add("%s: %s %s".formatted(path, keyword, tightened ? "tightened" : "loosened"));
    }
  }

  private static boolean same(JsonNode old, JsonNode now) {
    if (old.isMissingNode() || now.isMissingNode()) {
      return old.isMissingNode() && now.isMissingNode();
    }
    BigDecimal number = old.decimalValue();
    return number.compareTo(now.decimalValue()) == 0;
  }

  private static JsonNode orAnything(JsonNode schema) {
    return schema.isMissingNode() ? JsonNodeFactory.instance.objectNode() : schema;
  }

  private static Set<JsonNode> types(JsonNode type) {
    return type.isMissingNode() ? null : type.isArray() ? texts(type) : Set.of(type);
  }

  private static Set<JsonNode> values(JsonNode schema) {
    if (schema.has("const")) {
      return Set.of(schema.get("const"));
    }
    return schema.has("enum") ? texts(schema.get("enum")) : null;
  }

  private static Set<JsonNode> texts(JsonNode array) {
    Set<JsonNode> elements = new LinkedHashSet<>();
    array.forEach(elements::add);
    return elements;
  }

  private static Set<JsonNode> minus(Set<JsonNode> some, Set<JsonNode> others) {
    Set<JsonNode> rest = new HashSet<>(some);
    rest.removeAll(others);
    return rest;
  }
}
