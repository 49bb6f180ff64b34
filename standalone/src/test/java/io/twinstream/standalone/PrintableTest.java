package io.twinstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7b 22 61 22 7d|{\"a\"}",
        "61 ff 62|a\\xffb",
        "c3|\\xc3",
        "ff d8 ff e0|\\xff\\xd8\\xff\\xe0",
        "f0 9f 98 61|\\xf0\\x9f\\x98a",
        "c3 a4 f0 9f 98 80|ä😀",
        "1b 5b 32 4a|\\u{1b}[2J",
        "61 00 62 0d|a\\u{0}b\\u{d}",
        "e2 80 ae 67 70 6a|\\u{202e}gpj"
      })
  void bytesOfAnyKindBecomeTextThatATerminalCanBeTrustedWith(String bytes, String text) {
    assertThat(Printable.lines(HexFormat.ofDelimiter(" ").parseHex(bytes))).isEqualTo(text);
  }

  @Test
  void linesStayLinesUnlessOneIsWanted() {
    assertThat(Printable.lines("a\n\tb".getBytes(UTF_8))).isEqualTo("a\n\tb");
    assertThat(Printable.line("a\n\tb", 10)).isEqualTo("a  b");
    assertThat(Printable.line("😀😀😀", 3)).isEqualTo("😀😀😀");
    assertThat(Printable.line("😀😀😀😀", 3)).isEqualTo("😀😀…");
    assertThat(Printable.lines(new byte[0])).isEmpty();
  }
}
