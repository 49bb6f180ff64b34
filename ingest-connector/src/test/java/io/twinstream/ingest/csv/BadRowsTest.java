package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that can't become events. */
class BadRowsTest {
  @TempDir private Path folder;
  private Path csv;
  private Map<String, String> settings;

  @BeforeEach
  void nameTheFile() {
    csv = folder.resolve("list.csv");
    settings = Map.of("source.name", "list", "csv.path", csv.toString());
  }

  @Test
  void whatCanBeNoEventIsADeadLetterAndTheRestGoesOn() throws IOException {
    write(
        "id,url,note\n1,a:aa,x,y\n"
            + "i".repeat(1100)
            + ",a:aa,\n3,a:aa,"
            + "n".repeat(70_000)
            + "\n\"4\"4,a:aa,\n5,a:aa,ok\n");

    Told told = read();

    assertThat(told.ids()).containsExactly("5");
    assertThat(told.problems())
        .satisfiesExactly(
            it -> assertThat(it).contains("4 fields"),
            it -> assertThat(it).contains("at most 1024 bytes"),
            it -> assertThat(it).contains("attributes have at most"),
            it -> assertThat(it).contains("can't be read as CSV"));
    SourceRecord first = told.deadLetters().getFirst();
    assertThat(first.key()).isNull();
    assertThat((byte[]) first.value()).asString(UTF_8).isEqualTo("1,a:aa,x,y");
    assertThat(Told.header(first, SourceHeaders.SOURCE)).isEqualTo("list");
    assertThat(Told.header(first, SourceHeaders.PLACE)).isEqualTo("1");
    assertThat(Told.header(first, DeadLetter.EXCEPTION)).endsWith("IllegalArgumentException");
    assertThat(Told.header(first, DeadLetter.ORIGINAL_LENGTH)).isNull();
    SourceRecord third = told.deadLetters().get(2);
    assertThat((byte[]) third.value()).hasSize(DeadLetter.MAX_VALUE_BYTES);
    assertThat(Told.header(third, DeadLetter.ORIGINAL_LENGTH)).isEqualTo("70007");
    assertThat(told.progress()).containsExactly(new SourceProgress("list", 1, 0, 4, true));
  }

  @Test
  void aLineOfAHundredMegabytesCostsOneDeadLetter() throws IOException {
    int length = 100 * 1024 * 1024;
    byte[] block = new byte[1024 * 1024];
    Arrays.fill(block, (byte) 'x');
    write("url\na:aa\n");
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(csv, StandardOpenOption.APPEND))) {
      for (int i = 0; i < length / block.length; i++) {
        out.write(block);
      }
      out.write("\nb:bb\n".getBytes(UTF_8));
    }

    Told told = read();

    assertThat(told.places()).containsExactly("1", "3");
    assertThat(told.deadLetters()).hasSize(1);
    assertThat(Told.header(told.deadLetters().getFirst(), DeadLetter.ORIGINAL_LENGTH))
        .isEqualTo(Integer.toString(length));
  }

  @Test
  void aQuoteThatIsNotClosedCostsItsLineOnly() throws IOException {
    write("url\na:aa\n\"b:bb\nc:cc\nd:dd\n");

    Told told = read();

    assertThat(told.places()).containsExactly("1", "3", "4");
    assertThat(told.excerpts()).containsExactly("\"b:bb");
    assertThat(told.problems().getFirst()).contains("quote");
  }

  @Test
  void anAttributeOfAMegabyteIsADeadLetterHoweverLongARowMayBe() throws IOException {
    write("url,note\na:aa,x\nb:bb," + "y".repeat(1024 * 1024) + "\nc:cc,z\n");

    for (String maxRowBytes : List.of("1048576", "4194304")) {
      Told told = read(DrivenTask.with(settings, "max.row.bytes", maxRowBytes));

      assertThat(told.places()).containsExactly("1", "3");
      assertThat(told.problems()).singleElement().asString().contains("bytes");
    }
  }

  private void write(String text) throws IOException {
    Files.writeString(csv, text);
  }

  private Told read() {
    return read(settings);
  }

  private static Told read(Map<String, String> settings) {
    try (DrivenTask task =
        new DrivenTask(new CsvSourceTask(new MovedClock()), new MemoryOffsets(), settings)) {
      return task.readAll();
    }
  }
}
