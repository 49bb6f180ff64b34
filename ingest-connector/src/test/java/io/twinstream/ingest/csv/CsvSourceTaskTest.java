package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.serde.ImageKeySerde;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTaskTest {
  private static final String HEADER = "id,store_id,frontliner_id,photo_url\n";

  private final MemoryOffsets offsets = new MemoryOffsets();
  private final MovedClock clock = new MovedClock();

  @TempDir private Path folder;
  private Path csv;
  private Map<String, String> settings;

  @BeforeEach
  void nameTheFile() {
    csv = folder.resolve("list.csv");
    settings = Map.of("source.name", "list", "csv.path", csv.toString());
  }

  @Test
  void aRowBecomesAnEventWithKeyAndHeaders() throws IOException {
    write(HEADER + "1,s1,f1,http://a/1.jpg\n");

    Told told = read();

    SourceRecord event = told.on("image-metadata").getFirst();
    assertThat(ImageKeySerde.read((byte[]) event.key())).isEqualTo(new ImageKey("default", "1"));
    assertThat(new String((byte[]) event.value(), UTF_8))
        .contains(
            "\"source\":\"http://a/1.jpg\"", "{\"store_id\":\"s1\",\"frontliner_id\":\"f1\"}");
    assertThat(Told.header(event, SourceHeaders.SOURCE)).isEqualTo("list");
    assertThat(Told.header(event, SourceHeaders.PLACE)).isEqualTo("1");
    assertThat(told.records())
        .hasSize(2)
        .last()
        .extracting(SourceRecord::key)
        .isEqualTo("list".getBytes(UTF_8));
    assertThat(told.progress()).containsExactly(new SourceProgress("list", 1, 0, 0, true));
  }

  @Test
  void namesOfTopicsHaveThePrefix() throws IOException {
    write("url\nu\na,b\n");

    try (DrivenTask task = task(DrivenTask.with(settings, "topic.prefix", "p."))) {
      assertThat(task.poll().records())
          .extracting(SourceRecord::topic)
          .containsExactly("p.image-metadata", "p.image-dead-letters", "p.image-source-progress");
    }
  }

  @Test
  void bothRowsOfOneIdArePublishedInTheirOrder() throws IOException {
    write("id,url\n1,a:aa\n1,b:bb\n");

    assertThat(read().ids()).containsExactly("1", "1");
  }

  @Test
  void everyBatchEndsWithHowFarItIs() throws IOException {
    write("url\n" + "u\n".repeat(5));

    Told told = read(DrivenTask.with(settings, "batch.size", "2"));

    assertThat(told.progress())
        .extracting(SourceProgress::published, SourceProgress::complete)
        .containsExactly(tuple(2L, false), tuple(4L, false), tuple(5L, true));
    assertThat(told.places()).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void aFileOfNoRowsIsCompleteAtOnce() throws IOException {
    write("url\n");

    assertThat(read().progress()).containsExactly(new SourceProgress("list", 0, 0, 0, true));
  }

  @Test
  void marksNewlinesAndEmptyLinesMakeNoDifference() throws IOException {
    write("\uFEFFid;url;note\r\n\r\n1;a:aa;\"x\r\ny\"\r\n\r\n2;b:bb;z");

    Told told = read();

    assertThat(told.ids()).containsExactly("1", "2");
    assertThat(told.places()).containsExactly("1", "2");
    assertThat(told.images().getFirst().attributes().text("note")).isEqualTo("x\r\ny");
  }

  @Test
  void aRowThatIsNotUtf8IsReadAsWindows1252AndOnlyThat() throws IOException {
    Files.write(csv, "id,url\né,a:aa\n".getBytes(UTF_8));
    append("\u0080\u00e9,b:bb\n".getBytes(ISO_8859_1));

    assertThat(read().ids()).containsExactly("é", "€é");
  }

  @Test
  void zeroBytesAndControlCharactersAreTexts() throws IOException {
    write("id,url,note\n1,a:aa,x\0\u0001\u001b\n\0\n");

    Told told = read();

    assertThat(told.ids()).containsExactly("1", "\0");
    assertThat(told.images().getFirst().attributes().text("note")).isEqualTo("x\0\u0001\u001b");
  }

  @Test
  void cellsAreTextsWhateverAProgramWouldMakeOfThemAndInEveryScript() throws IOException {
    List<String> cells =
        List.of(
            "=1+1",
            "=HYPERLINK(\"\"http://x\"\")",
            "+49",
            "-1",
            "@SUM(A1)",
            "図書館",
            "מפה",
            "صورة",
            "ภาพ",
            "\uD83D\uDDBC\uFE0F",
            "e\u0301",
            "\u202Egnp.jpg");
    StringBuilder rows = new StringBuilder("id,url,note\n");
    cells.forEach(cell -> rows.append("\"%s\",a:aa,\"%s\"%n".formatted(cell, cell)));
    write(rows.toString());

    Told told = read();

    List<String> expected = cells.stream().map(cell -> cell.replace("\"\"", "\"")).toList();
    assertThat(told.ids()).isEqualTo(expected);
    assertThat(told.images())
        .extracting(image -> image.attributes().text("note"))
        .isEqualTo(expected);
  }

  @Test
  void anInterruptedPollLosesNothing() throws Exception {
    write("url\na:1\nb:2\n");
    SourceTask task = new CsvSourceTask(clock);
    try (DrivenTask driven = new DrivenTask(task, offsets, settings)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(task::poll).isInstanceOf(InterruptedException.class);

      assertThat(driven.readAll().places()).containsExactly("1", "2");
    }
  }

  @Test
  void aStoppedTaskHasNothingMore() throws IOException {
    write("url\na:1\n");
    DrivenTask task = task(settings);

    task.close();

    assertThat(task.poll().records()).isEmpty();
  }

  @Test
  void aFileOfManyRowsIsReadBatchByBatch() throws IOException {
    int rows = 300_000;
    try (BufferedWriter out = Files.newBufferedWriter(csv)) {
      out.write(HEADER);
      for (int row = 1; row <= rows; row++) {
        out.write(row + ",store,frontliner,https://pictures.example/" + row + ".jpg\n");
      }
    }
    long published = 0;
    boolean complete = false;
    try (DrivenTask task = task(DrivenTask.with(settings, "batch.size", "700"))) {
      while (!complete) {
        Told batch = task.poll();
        assertThat(batch.records()).hasSizeLessThanOrEqualTo(701);
        for (SourceProgress progress : batch.progress()) {
          published = progress.published();
          complete = progress.complete();
        }
      }
    }
    assertThat(published).isEqualTo(rows);
  }

  @Test
  void aBatchHasABoundedSizeHoweverManyItMayHave() throws IOException {
    String rows = ("u".repeat(900) + "\n").repeat(60_000);
    write("url\n" + rows);

    try (DrivenTask task = task(DrivenTask.with(settings, "batch.size", "100000"))) {
      for (int told = 0; told < 60_000; ) {
        int batch = task.poll().images().size();
        assertThat(batch).isPositive().isLessThan(32 * 1024 * 1024 / 1_900);
        told += batch;
      }
    }
  }

  @Test
  void aFileWithoutAnAddressColumnIsRefusedAtTheStart() throws IOException {
    write("id,link\n");

    assertThatThrownBy(this::read)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("url.column", "\"link\"");
  }

  private void write(String text) throws IOException {
    Files.writeString(csv, text);
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(csv, bytes, StandardOpenOption.APPEND);
  }

  private Told read() {
    return read(settings);
  }

  private Told read(Map<String, String> settings) {
    try (DrivenTask task = new DrivenTask(new CsvSourceTask(clock), offsets, settings)) {
      return task.readAll();
    }
  }

  private DrivenTask task(Map<String, String> settings) {
    return new DrivenTask(new CsvSourceTask(clock), offsets, settings);
  }
}
