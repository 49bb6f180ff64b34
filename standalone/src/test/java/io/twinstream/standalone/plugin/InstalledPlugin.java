package io.twinstream.standalone.plugin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The plugin's archive as the build has left it, unpacked as its documentation says. */
record InstalledPlugin(Path pluginPath, Path home) {
  private static final Path BUILT = Path.of("..", "ingest-connector", "target");
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();

  static InstalledPlugin unpack(Path pluginPath) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(only(BUILT, "*.zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = pluginPath.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.copy(zip, target);
        }
      }
    }
    return new InstalledPlugin(pluginPath, only(pluginPath, "*"));
  }

  private static Path only(Path folder, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      files.forEach(found::add);
    }
    if (found.size() != 1) {
      throw new IllegalStateException("one %s was expected, there are %s".formatted(glob, found));
    }
    return found.getFirst();
  }

  String version() throws IOException {
    return JSON.readTree(home.resolve("manifest.json").toFile()).get("version").textValue();
  }

  /** An example configuration of a connector. */
  ObjectNode connector(String file) throws IOException {
    return (ObjectNode) JSON.readTree(home.resolve("etc").resolve(file).toFile());
  }

  /** The example configuration of a worker. */
  Map<String, String> worker() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(home.resolve("etc/worker.properties"))) {
      properties.load(reader);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  /** The commands that a document shows, block by block. */
  List<String> commands(String document) throws IOException {
    return SHELL_BLOCK
        .matcher(Files.readString(home.resolve("doc").resolve(document)))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
