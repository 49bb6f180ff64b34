package io.twinstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.ingest.csv.CsvSourceConnector;
import io.twinstream.ingest.folder.FolderSourceConnector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The archive that the build has made. */
class PluginIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String archive;

  /** Its files by their paths below the one folder at its top. */
  private static final Map<String, byte[]> FILES = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (DirectoryStream<Path> built = Files.newDirectoryStream(Path.of("target"), "*.zip")) {
      Path file = built.iterator().next();
      archive = file.getFileName().toString().replaceFirst("\\.zip$", "");
      try (InputStream bytes = Files.newInputStream(file)) {
        for (var entry : entries(new ZipInputStream(bytes)).entrySet()) {
          assertThat(entry.getKey()).startsWith(archive + "/");
          FILES.put(entry.getKey().substring(archive.length() + 1), entry.getValue());
        }
      }
    }
  }

  private static Map<String, byte[]> entries(ZipInputStream zip) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (!entry.isDirectory()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  @Test
  void itHasTheConnectorsAndTheirLibrariesAndNothingThatAWorkerProvides() {
    assertThat(FILES.keySet())
        .filteredOn(name -> name.startsWith("lib/"))
        .extracting(name -> name.replaceFirst("^lib/(.+?)-[0-9].*\\.jar$", "$1"))
        .containsExactlyInAnyOrder(
            "fastcsv",
            "ingest-connector",
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "jackson-dataformat-smile",
            "jackson-datatype-jsr310",
            "schemas");
  }

  @Test
  void theFolderForTheImageHasOnePluginWithTheSameFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target", "plugin"))) {
      assertThat(files.filter(Files::isRegularFile).map(Path.of("target", "plugin")::relativize))
          .map(Path::toString)
          .containsExactlyInAnyOrderElementsOf(
              FILES.keySet().stream().map((archive + "/")::concat).toList());
    }
  }

  @Test
  void itHasExamplesAndDocuments() {
    assertThat(FILES.keySet())
        .filteredOn(name -> !name.startsWith("lib/"))
        .containsExactlyInAnyOrder(
            "doc/LICENSE",
            "doc/NOTICE",
            "doc/README.md",
            "doc/THIRD-PARTY.txt",
            "doc/connect.md",
            "doc/connectors.md",
            "etc/csv.json",
            "etc/folder.json",
            "etc/worker.properties",
            "manifest.json");
  }

  @Test
  void everyLibraryOfOthersIsInTheListOfThirdParties() {
    String thirdParties = text("doc/THIRD-PARTY.txt");

    assertThat(FILES.keySet())
        .filteredOn(name -> name.startsWith("lib/") && !isOurs(name))
        .allSatisfy(name -> assertThat(thirdParties).contains(coordinates(name)));
  }

  private static boolean isOurs(String name) {
    return name.startsWith("lib/ingest-connector-") || name.startsWith("lib/schemas-");
  }

  /** As in {@code group:name:version}. */
  private static String coordinates(String name) {
    return name.replaceFirst("^lib/(.+?)-([0-9].*)\\.jar$", ":$1:$2 ");
  }

  @Test
  void itsNameAndItsManifestSayWhatItIs() throws IOException {
    JsonNode manifest = JSON.readTree(FILES.get("manifest.json"));

    assertThat(archive)
        .isEqualTo(
            "%s-%s-%s"
                .formatted(
                    manifest.at("/owner/username").textValue(),
                    manifest.get("name").textValue(),
                    manifest.get("version").textValue()));
    assertThat(FILES)
        .containsKey("lib/ingest-connector-%s.jar".formatted(manifest.get("version").textValue()));
    assertThat(manifest.get("component_types")).extracting(JsonNode::textValue).contains("source");
  }

  @Test
  void theJarNamesBothConnectorsAndItsVersion() throws IOException {
    String version = JSON.readTree(FILES.get("manifest.json")).get("version").textValue();
    byte[] jar = FILES.get("lib/ingest-connector-%s.jar".formatted(version));

    try (JarInputStream entries = new JarInputStream(new ByteArrayInputStream(jar))) {
      assertThat(entries.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .isEqualTo(version);
      assertThat(entries(entries).get("META-INF/services/" + SourceConnector.class.getName()))
          .asString(UTF_8)
          .hasLineCount(2)
          .contains(FolderSourceConnector.class.getName(), CsvSourceConnector.class.getName());
    }
  }

  @Test
  void theExamplesNameSettingsThatThereAre() throws IOException {
    for (var example :
        Map.of(
                "etc/folder.json",
                new FolderSourceConnector(),
                "etc/csv.json",
                new CsvSourceConnector())
            .entrySet()) {
      JsonNode config = JSON.readTree(FILES.get(example.getKey()));
      List<String> connects =
          List.of(
              "name",
              "connector.class",
              "tasks.max",
              "exactly.once.support",
              "key.converter",
              "value.converter",
              "producer.override.batch.size",
              "producer.override.compression.type");

      assertThat(config.get("connector.class").textValue())
          .isEqualTo(example.getValue().getClass().getName());
      assertThat(config.fieldNames())
          .toIterable()
          .containsAll(connects)
          .filteredOn(name -> !connects.contains(name))
          .isSubsetOf(example.getValue().config().names());
    }
  }

  private static String text(String name) {
    return new String(FILES.get(name), UTF_8);
  }
}
