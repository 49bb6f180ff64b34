package io.twinstream.catalog.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinstream.catalog.sheet.Cell;
import io.twinstream.schema.Attributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of a sheet that hold attributes: one an attribute, in the order in which they first
 * come; if these are more than there is room for, the others share a last column, as JSON.
 */
final class AttributeColumns {
  private static final String FURTHER = "Further Attributes";

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

  /**
   * The headers: the names of the attributes, each with this before it, and with {@code
   * (attribute)} after it where the sheet has another column of that header.
   *
   * @param taken the headers of other columns; those of these are added
   */
  List<String> headers(String prefix, Set<String> taken) {
    if (hasFurther) {
      taken.add(prefix + FURTHER);
    }
    List<String> headers = new ArrayList<>();
    names.forEach(name -> headers.add(free(prefix + name, taken)));
    if (hasFurther) {
      headers.add(prefix + FURTHER);
    }
    return headers;
  }

  private static String free(String header, Set<String> taken) {
    return taken.add(header) ? header : free(header + " (attribute)", taken);
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
    ObjectNode json = attributes.toJson().without(names);
    return Cell.of(Cell.fits(json.toString()) ? json.toString() : shortened(json).toString());
  }

  /** As it fits into a cell: without the longest, as many as must be, and with their number. */
  private static ObjectNode shortened(ObjectNode json) {
    List<String> longestFirst =
        json.properties().stream()
            .sorted(Comparator.comparingInt(property -> -property.toString().length()))
            .map(Map.Entry::getKey)
            .toList();
    int tooFew = 0;
    int enough = longestFirst.size();
    while (enough - tooFew > 1) {
      int some = (tooFew + enough) / 2;
      if (Cell.fits(without(json, longestFirst.subList(0, some)).toString())) {
        enough = some;
      } else {
        tooFew = some;
      }
    }
    return without(json, longestFirst.subList(0, enough));
  }

  private static ObjectNode without(ObjectNode json, List<String> names) {
    ObjectNode rest = json.deepCopy().without(names);
    return rest.put("…", "%s of these left out, too long for a cell".formatted(names.size()));
  }
}
