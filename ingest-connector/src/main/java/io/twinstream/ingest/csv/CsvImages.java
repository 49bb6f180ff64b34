package io.twinstream.ingest.csv;

import io.twinstream.ingest.Origin;
import io.twinstream.ingest.UnusableSourceException;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes events of rows. */
final class CsvImages {
  /** One letter before a colon is a Windows drive. */
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:");

  private final Origin origin;
  private final Path folder;
  private final CsvColumns columns;

  /**
   * @param folder absolute; relative addresses start there
   * @throws UnusableSourceException if an attribute that is added to all has the name of a column
   */
  CsvImages(Origin origin, Path folder, CsvColumns columns) {
    this.origin = origin;
    this.folder = folder;
    this.columns = columns;
    for (String name : columns.attributes()) {
      if (origin.attributes().containsKey(name)) {
        throw new UnusableSourceException(
            Origin.ATTRIBUTES,
            "\"%s\" is a column, too; give the added attribute another name".formatted(name));
      }
    }
  }

  /**
   * The event of a row.
   *
   * @param row its number, from 1
   * @throws IllegalArgumentException if it breaks the rules of {@link ImageMetadata} or has more
   *     fields than the header
   */
  ImageMetadata image(long row, List<String> fields) {
    if (fields.size() > columns.count()) {
      throw new IllegalArgumentException(
          "the row has %d fields, the header only %d; a field with a delimiter in it needs quotes"
              .formatted(fields.size(), columns.count()));
    }
    String id = columns.id(fields);
    String collection = columns.collection(fields);
    Map<String, String> attributes = columns.attributes(fields);
    attributes.putAll(origin.attributes());
    return new ImageMetadata(
        collection.isEmpty() ? origin.collection() : collection,
        id.isEmpty() ? origin.name() + "/" + row : id,
        source(columns.url(fields)),
        Attributes.ofTexts(attributes));
  }

  private String source(String cell) {
    if (cell.isEmpty() || SCHEME.matcher(cell).find()) {
      return cell;
    }
    try {
      return folder.resolve(cell).normalize().toUri().toString();
    } catch (InvalidPathException e) {
      // It is judged, and refused, like any other address.
      return cell;
    }
  }
}
