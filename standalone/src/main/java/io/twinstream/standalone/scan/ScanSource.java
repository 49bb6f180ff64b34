package io.twinstream.standalone.scan;

import io.twinstream.ingest.csv.CsvSourceConnector;
import io.twinstream.ingest.folder.FolderSourceConnector;
import io.twinstream.schema.ImageFormat;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * A folder or a CSV file that was named on the command line.
 *
 * @param path absolute, links resolved
 * @param isFolder whether it is a folder
 * @param config of its connector, without the name of the source
 */
public record ScanSource(Path path, boolean isFolder, Map<String, String> config) {
  /** The setting that a connector of a folder has. */
  static final String FOLDER_PATH = "folder.path";

  private static final String CSV_PATH = "csv.path";

  public ScanSource {
    config = Map.copyOf(config);
  }

  /**
   * Looks at what was named.
   *
   * @param named as on the command line
   * @param options settings of connectors that the command line gave
   * @throws RefusedException if it can't be read; the message says what to change
   */
  public static ScanSource of(Path named, Map<String, String> options) {
    Path path;
    try {
      path = named.toRealPath();
    } catch (IOException e) {
      throw new RefusedException("there is no file or folder " + named);
    }
    boolean isFolder = Files.isDirectory(path);
    Map<String, String> config = new HashMap<>(options);
    if (isFolder) {
      config.keySet().removeIf(name -> name.endsWith(".column") || name.equals("delimiter"));
      config.put(FOLDER_PATH, path.toString());
      config.put("connector.class", FolderSourceConnector.class.getName());
    } else {
      refusePicture(path);
      config.put(CSV_PATH, path.toString());
      config.put("connector.class", CsvSourceConnector.class.getName());
    }
    ScanSource source = new ScanSource(path, isFolder, config);
    source.validate();
    return source;
  }

  private static void refusePicture(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      if (ImageFormat.detect(in.readNBytes(ImageFormat.HEAD_BYTES)).isPresent()) {
        throw new RefusedException(
            path + " is a picture; name the folder it lies in, or a CSV file");
      }
    } catch (IOException e) {
      throw new RefusedException("can't read %s: %s".formatted(path, e.getMessage()));
    }
  }

  private void validate() {
    Map<String, String> named = new HashMap<>(config);
    named.put("source.name", name());
    List<String> errors =
        connector().validate(named).configValues().stream()
            .map(ConfigValue::errorMessages)
            .flatMap(List::stream)
            .toList();
    if (!errors.isEmpty()) {
      throw new RefusedException(String.join("\n", errors));
    }
  }

  private SourceConnector connector() {
    return isFolder ? new FolderSourceConnector() : new CsvSourceConnector();
  }

  /**
   * About how many images it has: files, or lines.
   *
   * @throws RefusedException if it can't be read
   */
  public long size() {
    try {
      return isFolder ? files() : lines();
    } catch (IOException | UncheckedIOException e) {
      throw new RefusedException("can't read %s: %s".formatted(path, e.getMessage()));
    }
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  /** In an encoding in which any bytes are text. */
  private long lines() throws IOException {
    try (Stream<String> all = Files.lines(path, StandardCharsets.ISO_8859_1)) {
      return all.count();
    }
  }

  /** What it is called, if nothing else is called so. */
  public String name() {
    return path.getFileName() == null ? "root" : path.getFileName().toString();
  }

  /** The folder that its local pictures lie in. */
  public Path root() {
    return isFolder ? path : path.getParent();
  }

  /** Whether this is a folder and one of the two lies in the other. */
  public boolean overlaps(Path otherFolder) {
    return isFolder && (path.startsWith(otherFolder) || otherFolder.startsWith(path));
  }
}
