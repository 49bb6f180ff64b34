package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan's spreadsheets say, against what its topics say. */
class SpreadsheetIT {
  private static final List<String> STORES = List.of("007", "=1+1", "_x0041_", "متجر", " s ");

  private static final List<String> NAMES =
      List.of(
          "=1+1",
          "@SUM(A1)",
          "+49 30",
          "-5",
          "007",
          "1e3",
          "_x0041_",
          "картинка",
          "写真",
          "صورة",
          "चित्र",
          "🐈");

  @TempDir private Path folder;

  @Test
  void everyCellIsWhatTheVerdictsSay() throws Exception {
    Path out = folder.resolve("out");
    try (PictureServer server = new PictureServer(Duration.ZERO)) {
      Path csv = manifest(server);

      Command scan =
          Command.run(
              folder,
              "scan",
              "--json",
              "--allow-private",
              "--roll-up",
              "frontliner_id,stroe_id",
              "--duplicates-form",
              "originals",
              "--out",
              out.toString(),
              csv.toString());

      assertThat(scan.exitCode()).as(scan.errors()).isEqualTo(3);
      assertThat(new JsonMapper().readTree(scan.output()).get("unknownAttributes").toString())
          .isEqualTo("[\"stroe_id\"]");
    }
    List<Verdict> verdicts = Topic.read(out.resolve(".data")).verdicts();
    List<Verdict.DuplicateFound> duplicates = only(verdicts, Verdict.DuplicateFound.class);
    List<Verdict.DownloadFailed> failed = only(verdicts, Verdict.DownloadFailed.class);
    Map<String, ImageMetadata> images =
        verdicts.stream().map(Verdict::image).collect(Collectors.toMap(ImageMetadata::id, i -> i));
    assertThat(duplicates).hasSize(15);
    assertThat(failed).hasSize(3);

    assertThat(rows(out.resolve("duplicates.xlsx"), "Duplicates"))
        .containsExactlyInAnyOrderElementsOf(
            duplicates.stream()
                .map(verdict -> cells(verdict, images.get(verdict.original().id())))
                .toList());
    assertThat(rollUp(out)).isEqualTo(reuses(duplicates, images));
    assertThat(rows(out.resolve("failed_downloads.xlsx"), "Failed"))
        .containsExactlyInAnyOrderElementsOf(failed.stream().map(SpreadsheetIT::cells).toList());
    assertThat(rows(out.resolve("failed_downloads.xlsx"), "Rejected"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row).containsEntry("Source", "rows.csv").containsEntry("Place", "35");
          assertThat(row.get("Reason").toString()).contains("1024 bytes");
          assertThat(row.get("Excerpt").toString()).startsWith("xxx").hasSize(200);
        });
    assertThat(Files.readString(out.resolve("duplicates.json")))
        .isEqualToIgnoringWhitespace(originals(duplicates, images));
  }

  @Test
  void namesInEveryScriptAndThoseThatLookLikeFormulasStayAsTheyAre() throws Exception {
    Path csv = awkwardManifest();
    Path out = folder.resolve("out");

    Command scan = Command.run(folder, "scan", "--out", out.toString(), csv.toString());

    assertThat(scan.exitCode()).as(scan.errors()).isEqualTo(3);
    assertThat(rows(out.resolve("duplicates.xlsx"), "Duplicates"))
        .extracting(
            row -> row.get("Image ID"),
            row -> row.get("Image Path"),
            row -> row.get("Original ID"),
            row -> row.get("Original Path"),
            row -> row.get("=متجر"),
            row -> row.get("Kind (attribute)"))
        .containsExactlyElementsOf(
            NAMES.stream()
                .map(name ->
                    tuple(
                        name,
                        folder.resolve(name + " copy.jpg").toString(),
                        name + " 1",
                        folder.resolve(name + ".jpg").toString(),
                        name,
                        "k"))
                .toList());
    assertThat(rows(out.resolve("failed_downloads.xlsx"), "Failed"))
        .extracting(row -> row.get("Image ID"), row -> row.get("Detail"), row -> row.get("=متجر"))
        .containsExactlyElementsOf(
            NAMES.stream()
                .map(name ->
                    tuple(
                        name + " 3",
                        "there is no file " + folder.resolve(name + " lost.jpg"),
                        name))
                .toList());
  }

  /** Of each name a picture, a copy of it, and one that is not there. */
  private Path awkwardManifest() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,path,=متجر,Kind"));
    for (int number = 0; number < NAMES.size(); number++) {
      String name = NAMES.get(number);
      Files.write(folder.resolve(name + ".jpg"), Pictures.jpeg(number));
      Files.write(folder.resolve(name + " copy.jpg"), Pictures.jpeg(number));
      lines.add("%s 1,%s.jpg,%s,k".formatted(name, name, name));
      lines.add("%s,%s copy.jpg,%s,k".formatted(name, name, name));
      lines.add("%s 3,%s lost.jpg,%s,k".formatted(name, name, name));
    }
    return Files.write(folder.resolve("names.csv"), lines);
  }

  /** 30 pictures of which 15 repeat one before, and failures. */
  private Path manifest(PictureServer server) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,store_id,frontliner_id,photo_url"));
    for (int id = 0; id < 30; id++) {
      lines.add(
          "%d,%s,f%d,%s"
              .formatted(
                  id,
                  STORES.get(id % STORES.size()),
                  id % 4,
                  server.url("%d.jpg?%d".formatted(id % 15, id))));
    }
    lines.add("30,s,f1," + server.url("missing"));
    lines.add("31,s,f2," + server.url("html"));
    lines.add("32,s,f3,");
    lines.add("33,s,f3," + server.url("77.jpg"));
    lines.add("x".repeat(1_100) + ",s,f3," + server.url("78.jpg"));
    return Files.write(folder.resolve("rows.csv"), lines);
  }

  private static <T> List<T> only(List<Verdict> verdicts, Class<T> type) {
    return verdicts.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static Map<String, Object> cells(Verdict.DuplicateFound verdict, ImageMetadata original) {
    Match match = verdict.original();
    Map<String, Object> cells = cells(verdict.image(), verdict);
    cells.put("Original Path", original.source());
    cells.put("Original ID", match.id());
    cells.put("Original State", "present");
    cells.put("Kind", match.kind().toString());
    cells.put("Distance", (double) match.distance());
    cells.put("Similarity", match.similarity());
    cells.put("Orientation", "");
    addAttributes(cells, "Original ", original.attributes());
    return cells;
  }

  private static Map<String, Object> cells(Verdict.DownloadFailed verdict) {
    Map<String, Object> cells = cells(verdict.image(), verdict);
    cells.put("Reason", verdict.reason().toString());
    cells.put("Retryable", verdict.retryable());
    cells.put("HTTP Status", verdict.httpStatus() == 0 ? "" : (double) verdict.httpStatus());
    cells.put("Attempts", (double) verdict.attempts());
    cells.put("Detail", verdict.detail());
    return cells;
  }

  private static Map<String, Object> cells(ImageMetadata image, Verdict verdict) {
    Map<String, Object> cells = new HashMap<>();
    cells.put("Image Path", image.source());
    cells.put("Image ID", image.id());
    cells.put("Collection", image.collection());
    cells.put("Event ID", verdict.event().toString());
    addAttributes(cells, "", image.attributes());
    return cells;
  }

  private static void addAttributes(
      Map<String, Object> cells, String prefix, Attributes attributes) {
    attributes.names().forEach(name -> cells.put(prefix + name, attributes.text(name)));
  }

  /** How often which front liner re-used pictures of which. */
  private static Map<List<Object>, Double> reuses(
      List<Verdict.DuplicateFound> duplicates, Map<String, ImageMetadata> images) {
    return duplicates.stream()
        .collect(
            Collectors.groupingBy(
                verdict ->
                    List.of(
                        verdict.image().attributes().text("frontliner_id"),
                        images.get(verdict.original().id()).attributes().text("frontliner_id")),
                Collectors.summingDouble(verdict -> 1)));
  }

  private static Map<List<Object>, Double> rollUp(Path out) throws IOException {
    Map<List<Object>, Double> counts = new HashMap<>();
    for (Map<String, Object> row : rows(out.resolve("duplicates.xlsx"), "Roll-up")) {
      if (row.get("Attribute").equals("frontliner_id")) {
        counts.put(
            List.of(row.get("Value"), row.get("Original's Value")), (Double) row.get("Duplicates"));
      }
    }
    return counts;
  }

  private static String originals(
      List<Verdict.DuplicateFound> duplicates, Map<String, ImageMetadata> images) {
    Map<Integer, String> lines = new TreeMap<>();
    for (Verdict.DuplicateFound verdict : duplicates) {
      String original = verdict.original().id();
      lines.put(
          Integer.parseInt(original),
          "\"%s\":[\"%s\"]".formatted(images.get(original).source(), verdict.image().source()));
    }
    return "{" + String.join(",", lines.values()) + "}";
  }

  /** The rows of a sheet, each as a map from header to cell. */
  private static List<Map<String, Object>> rows(Path file, String name) throws IOException {
    try (Workbook workbook = WorkbookFactory.create(file.toFile(), null, true)) {
      Sheet sheet = workbook.getSheet(name);
      Row header = sheet.getRow(0);
      List<Map<String, Object>> rows = new ArrayList<>();
      for (int number = 1; number <= sheet.getLastRowNum(); number++) {
        Map<String, Object> cells = new LinkedHashMap<>();
        for (Cell title : header) {
          cells.put(
              title.getStringCellValue(),
              value(sheet.getRow(number).getCell(title.getColumnIndex())));
        }
        rows.add(cells);
      }
      return rows;
    }
  }

  private static Object value(Cell cell) {
    if (cell == null) {
      return "";
    }
    return switch (cell.getCellType()) {
      case STRING -> cell.getStringCellValue();
      case NUMERIC -> cell.getNumericCellValue();
      case BOOLEAN -> cell.getBooleanCellValue();
      case BLANK -> "";
      case FORMULA, ERROR, _NONE ->
          throw new AssertionError(cell.getAddress() + " is a " + cell.getCellType());
    };
  }
}
