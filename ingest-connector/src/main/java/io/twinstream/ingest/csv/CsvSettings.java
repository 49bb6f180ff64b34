package io.twinstream.ingest.csv;

import io.twinstream.ingest.SourceSettings;
import io.twinstream.ingest.UnusableSourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of a CSV file.
 *
 * @param source those that every source has
 * @param path the file, absolute
 * @param format how it is written
 * @param choice its columns
 */
record CsvSettings(SourceSettings source, Path path, CsvFormat format, ColumnChoice choice) {
  static final String MAX_ROW_BYTES = "max.row.bytes";

  private static final int MEBIBYTE = 1024 * 1024;

  static final ConfigDef DEFINITION =
      SourceSettings.definition()
          .define(
              CsvFile.SETTING,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.CompositeValidator.of(
                  new ConfigDef.NonEmptyString(), SourceSettings::checkPath),
              Importance.HIGH,
              "The CSV file, in UTF-8, whose first row names the columns. A path or a file: URI.")
          .define(
              ColumnChoice.URL_COLUMN,
              ConfigDef.Type.STRING,
              "",
              Importance.HIGH,
              "The column with the addresses of the images: URIs, or paths that start at the CSV's"
                  + " folder. If empty, the first of the usual names: photo_url, image_url, url,"
                  + " image, photo, picture, path, image_path, file, filename, src.",
              null,
              -1,
              ConfigDef.Width.MEDIUM,
              ColumnChoice.URL_COLUMN,
              RecommendedSettings.COLUMNS)
          .define(
              ColumnChoice.ID_COLUMN,
              ConfigDef.Type.STRING,
              "",
              Importance.HIGH,
              "The column with the ids of the images. If empty, id or image_id; a row without an id"
                  + " gets the source's name and its own number.",
              null,
              -1,
              ConfigDef.Width.MEDIUM,
              ColumnChoice.ID_COLUMN,
              RecommendedSettings.COLUMNS)
          .define(
              ColumnChoice.COLLECTION_COLUMN,
              ConfigDef.Type.STRING,
              "",
              Importance.MEDIUM,
              "The column with the collections of the images; a row without one gets the source's.",
              null,
              -1,
              ConfigDef.Width.MEDIUM,
              ColumnChoice.COLLECTION_COLUMN,
              RecommendedSettings.COLUMNS)
          .define(
              Delimiter.SETTING,
              ConfigDef.Type.STRING,
              Delimiter.AUTO,
              CsvSettings::checkDelimiter,
              Importance.MEDIUM,
              "The character that parts the fields, the word tab, or auto: that of , ; tab and |"
                  + " which the first row has most of.",
              null,
              -1,
              ConfigDef.Width.SHORT,
              Delimiter.SETTING,
              List.of(),
              RecommendedSettings.DELIMITERS)
          .define(
              MAX_ROW_BYTES,
              ConfigDef.Type.INT,
              MEBIBYTE,
              ConfigDef.Range.between(16, 16 * MEBIBYTE),
              Importance.LOW,
              "The longest row that is read, in bytes. A longer one is a dead letter.");

  static CsvSettings of(Map<String, String> properties) {
    AbstractConfig config = new AbstractConfig(DEFINITION, properties, false);
    return new CsvSettings(
        SourceSettings.of(config),
        SourceSettings.path(CsvFile.SETTING, config.getString(CsvFile.SETTING)).toAbsolutePath(),
        new CsvFormat(config.getString(Delimiter.SETTING), config.getInt(MAX_ROW_BYTES)),
        new ColumnChoice(
            config.getString(ColumnChoice.ID_COLUMN),
            config.getString(ColumnChoice.URL_COLUMN),
            config.getString(ColumnChoice.COLLECTION_COLUMN)));
  }

  private static void checkDelimiter(String name, Object value) {
    if (!value.equals(Delimiter.AUTO)) {
      try {
        Delimiter.parse((String) value);
      } catch (UnusableSourceException e) {
        throw new ConfigException(name, value, e.getMessage());
      }
    }
  }

  /** The file as a source that goes on where an earlier run ended. */
  CsvSource toSource(Supplier<Optional<CsvBookmark>> remembered) {
    boolean readAgain = !source.rescanInterval().equals(SourceSettings.NEVER);
    return new CsvSource(source.origin(), path, format, choice, readAgain, remembered);
  }

  /**
   * Reads the header and looks for the columns.
   *
   * @throws UnusableSourceException if the file can't be read as configured
   */
  void check() {
    CsvSource file = toSource(Optional::empty);
    try {
      file.open().close();
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
