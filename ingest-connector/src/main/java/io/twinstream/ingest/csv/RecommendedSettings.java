package io.twinstream.ingest.csv;

import io.twinstream.ingest.SourceSettings;
import io.twinstream.ingest.UnusableSourceException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * What a person may choose from when a connector is set up. Nothing is recommended of a file that
 * can't be read: that is an error of its own, told elsewhere.
 */
enum RecommendedSettings implements ConfigDef.Recommender {
  /** The columns that the file's first row names. */
  COLUMNS,

  /** The usual delimiters. */
  DELIMITERS;

  @Override
  public List<Object> validValues(String name, Map<String, Object> parsed) {
    return switch (this) {
      case COLUMNS -> columns(parsed);
      case DELIMITERS -> List.of(Delimiter.AUTO, ",", ";", "tab", "|");
    };
  }

  private static List<Object> columns(Map<String, Object> parsed) {
    if (!(parsed.get(CsvFile.SETTING) instanceof String path)
        || !(parsed.get(Delimiter.SETTING) instanceof String delimiter)
        || !(parsed.get(CsvSettings.MAX_ROW_BYTES) instanceof Integer maxRowBytes)) {
      return List.of();
    }
    try (CsvFile file =
        CsvFile.open(
            SourceSettings.path(CsvFile.SETTING, path).toAbsolutePath(),
            new CsvFormat(delimiter, maxRowBytes))) {
      return file.header().stream()
          .map(String::strip)
          .filter(column -> !column.isEmpty())
          .map(Object.class::cast)
          .toList();
    } catch (IOException | UnusableSourceException | ConfigException e) {
      return List.of();
    }
  }

  @Override
  public boolean visible(String name, Map<String, Object> parsed) {
    return true;
  }
}
