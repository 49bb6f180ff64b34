package io.twinstream.catalog.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "=1+1",
        "a_b_c",
        "_x12_",
        "_x004_",
        "_x004G_",
        "x0041_",
        "_x0041",
        " two\nlines\tand\ra tab ",
        "Straße, кот, 猫, قطة, 🐈"
      })
  void mostTextsStayAsTheyAre(String text) {
    assertThat(CellText.of(text)).isSameAs(text);
  }

  @ParameterizedTest
  @CsvSource({
    "_x0041_, _x005F_x0041_",
    "_xabCD_, _x005F_xabCD_",
    "_X0041_, _x005F_X0041_",
    "_x0041_x0042_, _x005F_x0041_x005F_x0042_",
    "__x0041__, __x005F_x0041__",
  })
  void whatLooksLikeAnEscapeIsEscaped(String text, String cell) {
    assertThat(CellText.of(text)).isEqualTo(cell);
  }

  @Test
  void whatXmlCanNotHoldIsEscaped() {
    assertThat(CellText.of("a\u0000b\u001F\uFFFE\uFFFF"))
        .isEqualTo("a_x0000_b_x001F__xFFFE__xFFFF_");
    assertThat(CellText.of("\uD83D")).isEqualTo("_xD83D_");
    assertThat(CellText.of("\uDC08\uD83D\uDC08\uD83D")).isEqualTo("_xDC08_\uD83D\uDC08_xD83D_");
  }

  @Test
  void anEscapeDoesNotEndWhatStandsBeforeIt() {
    assertThat(CellText.of("_x0041\u0001")).isEqualTo("_x005F_x0041_x0001_");
    assertThat(read(CellText.of("_x0041\u0001"))).isEqualTo("_x0041\u0001");
  }

  @Test
  void theLongestTextIsNotCut() {
    String text = "x".repeat(CellText.MAX_LENGTH);

    assertThat(CellText.of(text)).isSameAs(text);
  }

  @Test
  void aLongerTextIsCutAndSaysSo() {
    String cell = CellText.of("x".repeat(CellText.MAX_LENGTH + 1));

    assertThat(cell)
        .hasSize(CellText.MAX_LENGTH)
        .startsWith("xxx")
        .endsWith("x… [cut; 32,768 characters in all]");
  }

  @Test
  void aCutPartsNeitherCharactersNorEscapes() {
    assertThat(CellText.of("🐈".repeat(CellText.MAX_LENGTH)))
        .matches("(🐈)+… \\[cut; 65,534 characters in all]")
        .hasSizeLessThanOrEqualTo(CellText.MAX_LENGTH);
    assertThat(CellText.of("\u0001".repeat(CellText.MAX_LENGTH)))
        .matches("(_x0001_)+… \\[cut; 32,767 characters in all]")
        .hasSizeLessThanOrEqualTo(CellText.MAX_LENGTH);
  }

  @Property
  void everyTextIsReadBackAsItWas(@ForAll("awkward") String text) {
    assertThat(read(CellText.of(text))).isEqualTo(text);
  }

  @Property(tries = 100)
  void noTextIsLongerThanACell(@ForAll("awkward") String text) {
    String longText = text.repeat(1 + 2 * CellText.MAX_LENGTH / Math.max(1, text.length()));

    String cell = CellText.of(longText);

    assertThat(cell).hasSizeLessThanOrEqualTo(CellText.MAX_LENGTH);
    assertThat(cell.isEmpty() || cell.endsWith("characters in all]")).isTrue();
  }

  @Provide
  Arbitrary<String> awkward() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            List.of(
                "_", "x", "X", "0041", "_x0041_", "_x005F", "\u0001", "\uFFFF", "\uD83D", "\uDC08",
                "🐈", "a", "=", "\r", "\n", " "));
    return Arbitraries.oneOf(
        pieces.list().ofMaxSize(12).map(parts -> String.join("", parts)),
        Arbitraries.strings().ofMaxLength(20));
  }

  /** As an independent reader understands it. */
  private static String read(String cell) {
    XSSFRichTextString text = new XSSFRichTextString();
    text.getCTRst().setT(cell);
    return text.getString();
  }
}
