package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.csv.CsvSplitter.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class CsvSplitterTest {
  @Test
  void linesEndAtEveryKindOfNewline() throws IOException {
    assertThat(split("a\nb\r\nc\rd", 100)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void emptyLinesAreNoRecords() throws IOException {
    assertThat(split("\n\r\n\ra\n\n\nb\n\n", 100)).containsExactly("a", "b");
  }

  @Test
  void newlinesWithinQuotesBelongToTheRecord() throws IOException {
    assertThat(split("a,\"b\r\nc\"\nd", 100)).containsExactly("a,\"b\r\nc\"", "d");
  }

  @Test
  void doubledQuotesDoNotClose() throws IOException {
    assertThat(split("\"a\"\"\nb\"\nc", 100)).containsExactly("\"a\"\"\nb\"", "c");
  }

  @Test
  void quotesWithinAFieldAreJustQuotes() throws IOException {
    assertThat(split("5\" wide,x\ny", 100)).containsExactly("5\" wide,x", "y");
  }

  @Test
  void aByteOrderMarkIsPassedOverSoThatAQuoteAfterItOpens() throws IOException {
    assertThat(split("\uFEFF\"a\nb\"\nc", 100)).containsExactly("\"a\nb\"", "c");
  }

  @Test
  void aTextOfNothingHasNoRecords() throws IOException {
    assertThat(split("", 100)).isEmpty();
    assertThat(split("\uFEFF", 100)).isEmpty();
    assertThat(split("\n\n\n", 100)).isEmpty();
  }

  @Test
  void aLineOfExactlyTheBoundIsARecordAndOneByteMoreIsTooMuch() throws IOException {
    assertThat(split("12345678\nx", 8)).containsExactly("12345678", "x");
    assertThat(split("123456789\nx", 8)).containsExactly("TOO_LONG 9: 123456789", "x");
  }

  @Test
  void aQuoteThatDoesNotCloseWithinTheBoundCostsItsFirstLineOnly() throws IOException {
    assertThat(split("a\n\"b\nccc\ndddd\neeee\n", 10))
        .containsExactly("a", "UNCLOSED_QUOTE 2: \"b", "ccc", "dddd", "eeee");
  }

  @Test
  void aQuoteThatDoesNotCloseBeforeTheEndCostsItsFirstLineOnly() throws IOException {
    assertThat(split("a\n\"b\nc\nd", 100)).containsExactly("a", "UNCLOSED_QUOTE 2: \"b", "c", "d");
  }

  @Test
  void aLineThatIsTooLongEndsAtItsNewlineEvenWithinAQuote() throws IOException {
    assertThat(split("\"bbbbbbbbbbbbbbb\nc\n", 8)).containsExactly("TOO_LONG 16: \"bbbbbbbb", "c");
  }

  @Test
  void zeroBytesAreBytesLikeOthers() throws IOException {
    assertThat(split("a\0b\n\0\n", 100)).containsExactly("a\0b", "\0");
  }

  @Test
  void checksumAndPositionEndBeforeTheNewlineOfARecord() throws IOException {
    byte[] text = "\uFEFFa,b\r\n\r\nc,\"d\n\"\r\ne".getBytes(UTF_8);
    try (CsvSplitter splitter = splitter(new ByteArrayInputStream(text), 100)) {
      List<Long> positions = new ArrayList<>();
      for (Found found = splitter.next(); found != Found.END; found = splitter.next()) {
        if (found == Found.RECORD) {
          positions.add(splitter.position());
          assertThat(splitter.checksum()).isEqualTo(crc(text, (int) splitter.position()));
        }
      }
      assertThat(positions).containsExactly(6L, 16L, 19L);
    }
  }

  @Test
  void linesAreCountedAsAnEditorDoes() throws IOException {
    assertThat(lines("\uFEFFa\nb\r\nc\rd", 100)).containsExactly(1L, 2L, 3L, 4L);
    assertThat(lines("\n\r\n\ra\n\n\nb\n\n", 100)).containsExactly(4L, 7L);
    assertThat(lines("a,\"b\r\nc\nd\"\ne\n", 100)).containsExactly(1L, 4L);
    assertThat(lines("a\n\"b\nccc\ndddd\neeee\n", 10)).containsExactly(1L, 2L, 3L, 4L, 5L);
    String longLine = "x".repeat(300_000);
    assertThat(lines("\n" + longLine + "\r\nb\n", 8)).containsExactly(2L, 3L);
    assertThat(lines(("y".repeat(9) + "\r\n").repeat(30_000) + "b", 100)).endsWith(30_001L);
  }

  private static List<Long> lines(String text, int max) throws IOException {
    List<Long> lines = new ArrayList<>();
    try (CsvSplitter splitter = splitter(new ByteArrayInputStream(text.getBytes(UTF_8)), max)) {
      for (Found found = splitter.next(); found != Found.END; found = splitter.next()) {
        if (found != Found.UNFINISHED) {
          lines.add(splitter.line());
        }
      }
    }
    return lines;
  }

  @Test
  void aHugeLineIsPassedInSmallMemoryAndInManySteps() throws IOException {
    long huge = 1L << 30;
    try (CsvSplitter splitter = splitter(new Letters(huge, "\nb\n"), 1024 * 1024)) {
      int steps = 0;
      Found found = splitter.next();
      while (found == Found.UNFINISHED) {
        found = splitter.next();
        steps++;
      }
      assertThat(found).isEqualTo(Found.TOO_LONG);
      assertThat(splitter.length()).isEqualTo(huge);
      assertThat(splitter.position()).isEqualTo(huge);
      assertThat(splitter.bufferSize()).isLessThanOrEqualTo(1024 * 1024 + 1);
      assertThat(steps).isGreaterThan(500);
      assertThat(splitter.next()).isEqualTo(Found.RECORD);
      assertThat(splitter.bytes()).asString(UTF_8).isEqualTo("b");
    }
  }

  static long crc(byte[] text, int length) {
    CRC32C crc = new CRC32C();
    crc.update(text, 0, length);
    return crc.getValue();
  }

  static CsvSplitter splitter(InputStream in, int max) {
    return new CsvSplitter(in, ',', max);
  }

  private static List<String> split(String text, int max) throws IOException {
    List<String> found = new ArrayList<>();
    try (CsvSplitter splitter = splitter(new ByteArrayInputStream(text.getBytes(UTF_8)), max)) {
      for (Found next = splitter.next(); next != Found.END; next = splitter.next()) {
        String bytes = new String(splitter.bytes(), ISO_8859_1);
        switch (next) {
          case RECORD -> found.add(bytes);
          case TOO_LONG, UNCLOSED_QUOTE ->
              found.add("%s %d: %s".formatted(next, splitter.length(), bytes));
          default -> {}
        }
      }
    }
    return found;
  }

  /** So many letters, and then an end. */
  private static final class Letters extends InputStream {
    private long letters;
    private final InputStream after;

    Letters(long letters, String after) {
      this.letters = letters;
      this.after = new ByteArrayInputStream(after.getBytes(UTF_8));
    }

    @Override
    public int read() throws IOException {
      return letters-- > 0 ? 'a' : after.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (letters <= 0) {
        return after.read(buffer, offset, length);
      }
      int read = (int) Math.min(letters, length);
      Arrays.fill(buffer, offset, offset + read, (byte) 'a');
      letters -= read;
      return read;
    }
  }
}
