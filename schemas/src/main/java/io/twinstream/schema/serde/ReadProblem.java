package io.twinstream.schema.serde;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.twinstream.schema.EventId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Jackson holds against a value, in words for its sender, who knows JSON and no Java. */
final class ReadProblem {
  private ReadProblem() {}

  /** Of an exception that came while bytes were made a tree. */
  static String ofParsing(Exception e) {
    return switch (e) {
      case JsonEOFException end -> "the value ends too early";
      case MismatchedInputException trailing -> "more follows the JSON object";
      case StreamConstraintsException limit -> "the value: " + limit.getOriginalMessage();
      case JsonProcessingException syntax ->
          "the value at %s: %s".formatted(place(syntax.getLocation()), syntax.getOriginalMessage());
      default -> "the value: " + e.getMessage();
    };
  }

  private static String place(JsonLocation location) {
    if (location == null) {
      return "an unknown place";
    }
    return location.getLineNr() > 0
        ? "line %s, column %s".formatted(location.getLineNr(), location.getColumnNr())
        : "byte " + location.getByteOffset();
  }

  /** Of an exception that came while a tree was made a record. */
  static String ofMapping(Exception e) {
    return switch (e) {
      case InvalidTypeIdException unknown -> ofKind(unknown);
      case MismatchedInputException mismatch when mismatch.getTargetType() != null ->
          subject(mismatch) + " must be " + wanted(mismatch.getTargetType());
      case JsonMappingException broken -> ofRule(broken);
      default -> e.getMessage();
    };
  }

  private static String ofKind(InvalidTypeIdException e) {
    Class<?> type = e.getBaseType().getRawClass();
    String field = type.getAnnotation(JsonTypeInfo.class).property();
    if (e.getTypeId() == null) {
      return "the field \"%s\" is missing".formatted(field);
    }
    return "the field \"%s\" must be %s"
        .formatted(
            field,
            oneOf(
                Arrays.stream(type.getAnnotation(JsonSubTypes.class).value())
                    .map(JsonSubTypes.Type::name)));
  }

  /** The rules of our own records speak for themselves. */
  private static String ofRule(JsonMappingException e) {
    String problem =
        switch (e.getCause()) {
          case IllegalArgumentException rule -> rule.getMessage();
          case NullPointerException missing -> "a field that must be there is missing";
          case null, default -> e.getOriginalMessage();
        };
    return e.getPath().isEmpty() ? problem : subject(e) + ": " + problem;
  }

  private static String subject(JsonMappingException e) {
    if (e.getPath().isEmpty()) {
      return "the value";
    }
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return "the field \"%s\"".formatted(path);
  }

  private static String wanted(Class<?> type) {
    if (type == String.class || type == EventId.class) {
      return "text";
    } else if (type == int.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class) {
      return "a number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Instant.class) {
      return "a time in UTC, such as 2026-05-04T10:20:30Z";
    } else if (Collection.class.isAssignableFrom(type)) {
      return "an array";
    } else if (type.isEnum()) {
      return oneOf(
          Arrays.stream(type.getFields())
              .filter(constant -> constant.isAnnotationPresent(JsonProperty.class))
              .map(constant -> constant.getAnnotation(JsonProperty.class).value()));
    }
    return "an object";
  }

  private static String oneOf(Stream<String> names) {
    return names.collect(Collectors.joining(", ", "one of ", ""));
  }
}
