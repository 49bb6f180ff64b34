package io.twinstream.catalog.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinstream.catalog.sheet.Cell;
import io.twinstream.schema.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of a sheet that hold attributes: one an attribute, in the order in which they first
 * come; if these are more than there is room for, the others share a last column, as JSON.
 */
final class AttributeColumns {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<String> names;
  private final boolean hasFurther;

  private AttributeColumns(List<String> names, boolean hasFurther) {
    this.names = names;
    this.hasFurther = hasFurther;
  }

  /**
   * Those for the given attributes.
   *
   * @param room how many columns there may be; 1 or more
   */
  static AttributeColumns of(Stream<Attributes> attributes, int room) {
    Set<String> names = new LinkedHashSet<>();
    attributes.takeWhile(some -> names.size() <= room).forEach(some -> names.addAll(some.names()));
    boolean hasFurther = names.size() > room;
    return new AttributeColumns(
        names.stream().limit(hasFurther ? room - 1 : room).toList(), hasFurther);
  }

  /** The attributes that have a column of their own, in order. */
  List<String> names() {
    return names;
  }

  /** The headers: the names of the attributes, each with this before it. */
  List<String> headers(String prefix) {
    List<String> headers = new ArrayList<>();
    names.forEach(name -> headers.add(prefix + name));
    if (hasFurther) {
      headers.add(prefix + "Further Attributes");
    }
    return headers;
  }

  /** The cells of an image with these attributes. */
  List<Cell> cells(Attributes attributes) {
    List<Cell> cells = new ArrayList<>();
    for (String name : names) {
      cells.add(attributes.number(name).map(Cell::of).orElseGet(() -> text(attributes, name)));
    }
    if (hasFurther) {
      cells.add(further(attributes));
    }
    return cells;
  }

  private static Cell text(Attributes attributes, String name) {
    return Cell.of(attributes.text(name));
  }

  private Cell further(Attributes attributes) {
    if (names.containsAll(attributes.names())) {
      return Cell.EMPTY;
    }
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(attributes.toString());
      return Cell.of(json.remove(names).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("attributes are always JSON", e);
    }
  }
}
