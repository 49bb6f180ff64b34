package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceConnectorTest {
  private static final Map<String, String> LIST = Map.of("source.name", "list");

  private final CsvSourceConnector connector = new CsvSourceConnector();

  @TempDir private Path folder;

  @Test
  void connectFindsIt() {
    assertThat(ServiceLoader.load(SourceConnector.class))
        .anyMatch(found -> found instanceof CsvSourceConnector);
  }

  @Test
  void itHasOneTaskWithItsOwnSettings() throws IOException {
    Map<String, String> settings = settings("id,photo_url\n");
    connector.start(settings);

    assertThat(connector.taskConfigs(8)).isEqualTo(List.of(settings));
    assertThat(connector.taskClass()).isEqualTo(CsvSourceTask.class);
    assertThat(connector.exactlyOnceSupport(settings)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    assertThat(connector.version()).isNotBlank();
  }

  @Test
  void everyWrongFileIsToldWithWhatToChange() throws IOException {
    assertProblem(settings(""), "csv.path", "is empty");
    assertProblem(settings("\n\n"), "csv.path", "no rows");
    assertProblem(settings("id,\"url\n1,2\n"), "csv.path", "isn't closed");
    assertProblem(settings("\"id\"x,url\n"), "csv.path", "can't be read as CSV");
    assertProblem(settings("id,link\n"), "url.column", "\"id\", \"link\"");
    assertProblem(with(settings("url\n"), "id.column", "key"), "id.column", "--id-column");
    assertProblem(
        with(settings("url\n"), "collection.column", "shop"), "collection.column", "\"shop\"");
    assertProblem(with(settings("url\n"), "attributes", "url2=x,a"), "attributes", "NAME=VALUE");
    assertProblem(with(settings("url,a\n"), "attributes", "a=x"), "attributes", "is a column");
    assertProblem(with(settings("url\n"), "delimiter", "::"), "delimiter", "ASCII");
    assertProblem(
        with(settings("url\n"), "csv.path", folder.toString()), "csv.path", "is a folder");
    assertProblem(
        with(settings("url\n"), "csv.path", folder + "/none.csv"), "csv.path", "there is no file");
    assertProblem(with(settings("url\n"), "csv.path", "/dev/null"), "csv.path", "regular file");
    assertProblem(with(settings("url\n"), "source.name", ""), "source.name", "");
    assertProblem(with(settings("url\n"), "batch.size", "0"), "batch.size", "at least 1");
    assertProblem(with(settings("url\n"), "collection", "c".repeat(2000)), "collection", "1024");
  }

  @Test
  void whatAnEventCanNotHaveIsAnErrorOfItsSetting() throws IOException {
    assertProblem(
        with(settings("url\n"), "attributes", "a=" + "x".repeat(1024 * 1024)),
        "attributes",
        "at most");
    assertProblem(
        with(settings("url\n"), "source.name", "n".repeat(300)), "source.name", "at most 250");
  }

  @Test
  void aSettingThatIsMissingOrNullIsAnErrorOfItsOwn() throws IOException {
    assertThat(problems(Map.of())).containsOnlyKeys("source.name", "csv.path");
    for (String setting : connector.config().names()) {
      assertThat(problems(with(settings("url\n"), setting, null)).keySet()).isSubsetOf(setting);
    }
  }

  @Test
  void columnsAndDelimitersAreRecommended() throws IOException {
    Map<String, String> settings = settings(" id ;photo_url;;shop\n");

    for (String column : List.of("url.column", "id.column", "collection.column")) {
      assertThat(recommended(settings, column)).containsExactly("id", "photo_url", "shop");
    }
    assertThat(recommended(settings, "delimiter")).containsExactly("auto", ",", ";", "tab", "|");
  }

  @Test
  void ofAFileThatCanNotBeReadNothingIsRecommended() throws IOException {
    Map<String, String> settings = settings("url\n");
    for (Map<String, String> broken :
        List.of(
            with(settings, "csv.path", folder + "/none.csv"),
            with(settings, "csv.path", "a\0b"),
            with(settings, "delimiter", "::"),
            with(settings, "max.row.bytes", "many"),
            Map.of("source.name", "list"))) {
      assertThat(recommended(broken, "url.column")).isEmpty();
      assertThat(problems(broken)).hasSize(1).doesNotContainKey("url.column");
    }
  }

  private List<Object> recommended(Map<String, String> settings, String name) {
    return connector.validate(settings).configValues().stream()
        .filter(value -> value.name().equals(name))
        .findAny()
        .orElseThrow()
        .recommendedValues();
  }

  @Test
  void utf16IsRefusedWithOrWithoutItsMark() throws IOException {
    Map<String, String> settings = settings("");
    Path csv = Path.of(settings.get("csv.path"));
    for (String mark : List.of("\uFEFF", "")) {
      Files.write(csv, (mark + "id,url\n").getBytes(UTF_16LE));
      assertProblem(settings, "csv.path", "save it as UTF-8");
    }
  }

  @Test
  void aFileMayBeNamedByItsUri() throws IOException {
    Map<String, String> settings = settings("url\n");
    String uri = Path.of(settings.get("csv.path")).toUri().toString();

    assertThat(problems(with(settings, "csv.path", uri))).isEmpty();
  }

  @Test
  void offsetsOfItsOwnKindAreTaken() {
    Map<String, Object> told = offset();
    Map<String, Object> withFirm = new HashMap<>(told);
    told.forEach((name, value) -> withFirm.put("firm." + name, value));

    for (Map<String, Object> offset : List.of(told, withFirm)) {
      assertThat(connector.alterOffsets(LIST, Map.of(Map.of("source", "list"), offset))).isTrue();
    }
  }

  @Test
  void anOffsetThatItWouldNotWriteIsRefusedWithItsKeyAndValue() {
    Map<String, ?> list = Map.of("source", "list");
    assertRefused(Map.of(), offset(), "\"source\" is null");
    assertRefused(
        Map.of("source", "lists"), offset(), "\"source\" is \"lists\", it must be \"list\"");
    assertRefused(Map.of("source", "list", "path", "a"), offset(), "[path, source]");
    assertRefused(list, Map.of("row", 1), "[bytes, crc, published, row, unreadable]");
    assertRefused(list, changed("colour", 1), "colour");
    assertRefused(list, changed("firm.row", 1), "firm.crc");
    assertRefused(list, changed("row", -1), "\"row\" is -1");
    assertRefused(list, changed("bytes", 2.5), "\"bytes\" is 2.5");
    assertRefused(list, changed("bytes", "2"), "\"bytes\" is \"2\"");
    assertRefused(list, changed("crc", 1L << 32), "\"crc\" is 4294967296");
    assertRefused(list, changed("published", null), "\"published\" is null");
  }

  @Test
  void whateverWasLeftMayBeForgotten() {
    Map<Map<String, ?>, Map<String, ?>> tombstones = new HashMap<>();
    tombstones.put(Map.of("source", "list"), null);
    tombstones.put(Map.of("source", "another", "path", "a.jpg"), null);
    tombstones.put(Map.of("filename", "of another class"), null);

    assertThat(connector.alterOffsets(LIST, tombstones)).isTrue();
  }

  private void assertRefused(Map<String, ?> partition, Map<String, ?> offset, String message) {
    assertThatThrownBy(() -> connector.alterOffsets(LIST, Map.of(partition, offset)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContainingAll(message, partition.toString(), offset.toString());
  }

  private static Map<String, Object> offset() {
    return new HashMap<>(Map.of("row", 1, "bytes", 2, "crc", 3L, "published", 1, "unreadable", 0));
  }

  private static Map<String, Object> changed(String name, Object value) {
    Map<String, Object> changed = offset();
    changed.put(name, value);
    return changed;
  }

  @Test
  void whatTheConnectorSetsItselfIsNobodyElsesToSet() throws IOException {
    for (String setting : List.of("share.task", "share.tasks")) {
      assertProblem(with(settings("url\n"), setting, "1"), setting, "tasks.max");
    }
  }

  private Map<String, String> settings(String text) throws IOException {
    Path csv = Files.writeString(folder.resolve("list.csv"), text);
    return Map.of("source.name", "list", "csv.path", csv.toString());
  }

  private static Map<String, String> with(Map<String, String> settings, String name, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(name, value);
    return changed;
  }

  private void assertProblem(Map<String, String> settings, String setting, String message) {
    assertThat(problems(settings)).containsOnlyKeys(setting);
    assertThat(problems(settings).get(setting)).contains(message);
    assertThatThrownBy(() -> connector.start(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(setting, message);
  }

  private Map<String, String> problems(Map<String, String> settings) {
    Map<String, String> problems = new TreeMap<>();
    connector.validate(settings).configValues().stream()
        .filter(value -> !value.errorMessages().isEmpty())
        .forEach(value -> problems.put(value.name(), value.errorMessages().getFirst()));
    return problems;
  }
}
