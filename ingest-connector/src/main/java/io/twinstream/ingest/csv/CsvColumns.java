package io.twinstream.ingest.csv;

import io.twinstream.ingest.UnusableSourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What each column of a file is for: the id, the address, the collection, and all others
 * attributes. Names are compared without regard to case and to spaces around them; of equal ones
 * the first counts.
 */
final class CsvColumns {
  private static final List<String> USUAL_ID = List.of("id", "image_id");
  private static final List<String> USUAL_URL =
      List.of(
          "photo_url",
          "image_url",
          "url",
          "image",
          "photo",
          "picture",
          "path",
          "image_path",
          "file",
          "filename",
          "src");
  private static final int MOST_LISTED = 40;
  private static final int LONGEST_LISTED = 60;

  private final List<String> names;
  private final int url;
  private final int id;
  private final int collection;
  private final Map<Integer, String> attributes;

  private CsvColumns(List<String> names, ColumnChoice choice) {
    this.names = names;
    this.id = find(ColumnChoice.ID_COLUMN, choice.id(), USUAL_ID).orElse(-1);
    this.url =
        find(ColumnChoice.URL_COLUMN, choice.url(), USUAL_URL)
            .orElseThrow(() ->
                missing(
                    ColumnChoice.URL_COLUMN,
                    "no column has a usual name for the addresses of images, such as photo_url,"
                        + " image_url, url or path"));
    this.collection =
        find(ColumnChoice.COLLECTION_COLUMN, choice.collection(), List.of()).orElse(-1);
    this.attributes = attributeNames();
  }

  /**
   * The columns of a file.
   *
   * @param header its first row
   * @throws UnusableSourceException if a column that was named isn't there, or none has the
   *     addresses
   */
  static CsvColumns of(List<String> header, ColumnChoice choice) {
    return new CsvColumns(header.stream().map(String::strip).toList(), choice);
  }

  private OptionalInt find(String setting, String named, List<String> usual) {
    if (named.isBlank()) {
      return usual.stream().mapToInt(this::indexOf).filter(index -> index >= 0).findFirst();
    }
    int index = indexOf(named.strip());
    if (index < 0) {
      throw missing(setting, "there is no column \"%s\"".formatted(named));
    }
    return OptionalInt.of(index);
  }

  private int indexOf(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private UnusableSourceException missing(String setting, String problem) {
    String listed =
        names.stream()
            .limit(MOST_LISTED)
            .map(name -> name.substring(0, Math.min(name.length(), LONGEST_LISTED)))
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", "));
    return new UnusableSourceException(
        setting,
        "%s; the first row has %s%s. Name one of them with %s (on the command line --%s), and check"
                .formatted(
                    problem,
                    listed,
                    names.size() > MOST_LISTED ? " and more" : "",
                    setting,
                    setting.replace('.', '-'))
            + " that the first row names the columns and that the delimiter is right");
  }

  private Map<Integer, String> attributeNames() {
    Map<Integer, String> attributes = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>(names);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      boolean first = !name.isEmpty() && seen.add(name);
      if (i != id && i != url && i != collection) {
        attributes.put(i, first ? name : madeUp(name, i + 1, taken));
      }
    }
    return attributes;
  }

  /** Unlike all others, even those that another column really has. */
  private static String madeUp(String name, int column, Set<String> taken) {
    String base = name.isEmpty() ? "column" : name;
    int number = name.isEmpty() ? column : 2;
    while (!taken.add(base + "_" + number)) {
      number++;
    }
    return base + "_" + number;
  }

  /** How many there are. */
  int count() {
    return names.size();
  }

  /** The names of the attributes, in the order of their columns. */
  List<String> attributes() {
    return new ArrayList<>(attributes.values());
  }

  /** The id that a row gives, without spaces around it; "" if it gives none. */
  String id(List<String> fields) {
    return field(fields, id);
  }

  /** The address that a row gives, without spaces around it. */
  String url(List<String> fields) {
    return field(fields, url);
  }

  /** The collection that a row gives, without spaces around it; "" if it gives none. */
  String collection(List<String> fields) {
    return field(fields, collection);
  }

  /** All other fields of a row as they are, in order. */
  Map<String, String> attributes(List<String> fields) {
    Map<String, String> texts = new LinkedHashMap<>();
    attributes.forEach(
        (column, name) -> texts.put(name, column < fields.size() ? fields.get(column) : ""));
    return texts;
  }

  private static String field(List<String> fields, int column) {
    return column >= 0 && column < fields.size() ? fields.get(column).strip() : "";
  }
}
