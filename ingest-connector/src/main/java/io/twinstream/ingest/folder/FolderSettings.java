package io.twinstream.ingest.folder;

import io.twinstream.ingest.SourceSettings;
import io.twinstream.ingest.UnusableSourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of a folder.
 *
 * @param source those that every source has
 * @param folder the folder, as configured
 * @param excluded folders that are left out, as configured; absolute
 */
record FolderSettings(SourceSettings source, Path folder, Set<Path> excluded) {
  static final String FOLDER_PATH = "folder.path";
  static final String EXCLUDE = "exclude";

  static final ConfigDef DEFINITION =
      SourceSettings.definition()
          .define(
              FOLDER_PATH,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.CompositeValidator.of(
                  new ConfigDef.NonEmptyString(), SourceSettings::checkPath),
              Importance.HIGH,
              "The folder whose pictures are published, with those of all folders below it. A path"
                  + " or a file: URI.")
          .define(
              EXCLUDE,
              ConfigDef.Type.LIST,
              List.of(),
              FolderSettings::checkExcluded,
              Importance.LOW,
              "Folders below it that are left out: absolute paths, or file: URIs in which a comma"
                  + " is written %2C.");

  FolderSettings {
    excluded = Set.copyOf(excluded);
  }

  static FolderSettings of(Map<String, String> properties) {
    AbstractConfig config = new AbstractConfig(DEFINITION, properties, false);
    return new FolderSettings(
        SourceSettings.of(config),
        SourceSettings.path(FOLDER_PATH, config.getString(FOLDER_PATH)),
        config.getList(EXCLUDE).stream()
            .map(text -> SourceSettings.path(EXCLUDE, text))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static void checkExcluded(String name, Object value) {
    for (Object text : (List<?>) value) {
      if (!SourceSettings.path(name, (String) text).isAbsolute()) {
        throw new ConfigException(
            name,
            value,
            "\"%s\" is not an absolute path; a comma within a path is written %%2C in a file: URI"
                .formatted(text));
      }
    }
  }

  /**
   * The folder itself, behind all links.
   *
   * @throws UnusableSourceException if there is none that can be listed
   */
  Path realFolder() {
    if (Files.notExists(folder)) {
      throw new UnusableSourceException(
          FOLDER_PATH, "there is no folder %s; check its path".formatted(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new UnusableSourceException(
          FOLDER_PATH,
          "%s is no folder; name the folder it is in, or use the CSV connector for a list of images"
              .formatted(folder));
    }
    if (!Files.isReadable(folder)) {
      throw unreadable("access is denied");
    }
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw unreadable(e.toString());
    }
  }

  private UnusableSourceException unreadable(String reason) {
    return new UnusableSourceException(
        FOLDER_PATH,
        "the folder %s can't be read by this process (%s); change its permissions or name another"
            .formatted(folder, reason));
  }

  /** Excluded folders behind all links, since the walk meets real paths only. */
  Set<Path> realExcluded() {
    return excluded.stream()
        .map(Path::normalize)
        .map(FolderSettings::real)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** What isn't there yet may come into being during the walk. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }
}
