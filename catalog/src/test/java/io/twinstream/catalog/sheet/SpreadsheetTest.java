package io.twinstream.catalog.sheet;

import static io.twinstream.catalog.sheet.ReadSheet.names;
import static io.twinstream.catalog.sheet.ReadSheet.sheet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpreadsheetTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("sheet.xlsx");
  }

  @Test
  void aSheetWithoutRowsHasItsHeader() throws IOException {
    write(SheetLimits.EXCEL, List.of());

    assertThat(sheet(file, "Rows")).containsExactly(List.of("A", "B"));
  }

  @Test
  void cellsKeepTheirTypes() throws IOException {
    write(
        SheetLimits.EXCEL,
        List.of(
            List.of(Cell.of("007"), Cell.of(7)),
            List.of(Cell.of(true), Cell.of(0.98046875)),
            List.of(Cell.EMPTY, Cell.of("x"))));

    assertThat(sheet(file, "Rows").subList(1, 4))
        .containsExactly(List.of("007", 7.0), List.of(true, 0.98046875), List.of("", "x"));
  }

  @Test
  void noTextIsAFormulaNorBecomesOneByEditing() throws Exception {
    write(SheetLimits.EXCEL, List.of(List.of(Cell.of("=1+1"), Cell.of("@SUM(A1)"))));

    try (XSSFWorkbook workbook = new XSSFWorkbook(file.toFile())) {
      for (int column = 0; column < 2; column++) {
        XSSFCell cell = workbook.getSheet("Rows").getRow(1).getCell(column);
        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
        assertThat(cell.getCTCell().isSetF()).isFalse();
        assertThat(cell.getCellStyle().getDataFormatString()).isEqualTo("@");
      }
    }
  }

  @Test
  void theHeaderIsBoldAndStaysInSightAndFilters() throws Exception {
    write(SheetLimits.EXCEL, List.of(List.of(Cell.of("a"), Cell.of("b"))));

    try (XSSFWorkbook workbook = new XSSFWorkbook(file.toFile())) {
      XSSFSheet sheet = workbook.getSheet("Rows");
      assertThat(sheet.getRow(0).getCell(0).getCellStyle().getFont().getBold()).isTrue();
      assertThat(sheet.getRow(1).getCell(0).getCellStyle().getFont().getBold()).isFalse();
      assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
      assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
      assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:B2");
    }
  }

  @Test
  void everySheetFiltersAllItsColumns() throws Exception {
    try (OutputStream out = Files.newOutputStream(file);
        Spreadsheet spreadsheet = new Spreadsheet(out, new SheetLimits(2, 9))) {
      spreadsheet.sheet("Wide", List.of("A", "B", "C"));
      spreadsheet.row(List.of(Cell.of(1)));
      spreadsheet.row(List.of(Cell.of(2)));
      spreadsheet.sheet("Narrow", List.of("A"));
    }

    try (XSSFWorkbook workbook = new XSSFWorkbook(file.toFile())) {
      assertThat(workbook)
          .extracting(sheet -> ((XSSFSheet) sheet).getCTWorksheet().getAutoFilter().getRef())
          .containsExactly("A1:C2", "A1:C2", "A1:A1");
    }
  }

  @Test
  void whatDoesNotFitGoesOnInAFurtherSheetWithTheHeader() throws IOException {
    write(
        new SheetLimits(3, 2),
        List.of(
            List.of(Cell.of(1)),
            List.of(Cell.of(2)),
            List.of(Cell.of(3)),
            List.of(Cell.of(4)),
            List.of(Cell.of(5))));

    assertThat(names(file)).containsExactly("Rows", "Rows (2)", "Rows (3)");
    assertThat(sheet(file, "Rows")).containsExactly(List.of("A", "B"), List.of(1.0), List.of(2.0));
    assertThat(sheet(file, "Rows (2)"))
        .containsExactly(List.of("A", "B"), List.of(3.0), List.of(4.0));
    assertThat(sheet(file, "Rows (3)")).containsExactly(List.of("A", "B"), List.of(5.0));
  }

  @Test
  void aSheetThatIsJustFullIsTheOnlyOne() throws IOException {
    write(new SheetLimits(3, 2), List.of(List.of(Cell.of(1)), List.of(Cell.of(2))));

    assertThat(names(file)).containsExactly("Rows");
  }

  @Test
  void tooManyColumnsAreRefused() throws IOException {
    try (OutputStream out = OutputStream.nullOutputStream();
        Spreadsheet spreadsheet = new Spreadsheet(out, new SheetLimits(10, 2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> spreadsheet.sheet("Wide", List.of("A", "B", "C")))
          .withMessage("a sheet has at most 2 columns, Wide has 3");
      spreadsheet.sheet("Narrow", List.of("A"));
    }
  }

  @Property(tries = 100)
  void everyTextIsReadBackAsItWas(@ForAll("awkward") String text) throws IOException {
    file = Files.createTempFile("sheet", ".xlsx");
    try {
      write(SheetLimits.EXCEL, List.of(List.of(Cell.of(text), Cell.of("end"))));

      assertThat(sheet(file, "Rows").get(1)).isEqualTo(List.of(text, "end"));
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> awkward() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.of(
            " leading",
            "trailing\n",
            "\ttab",
            "a\r\nb",
            "<&>\"'",
            "]]>",
            "_x0041_",
            "قطة",
            "🐈",
            "\uD83D",
            "=cmd|' /C calc'!A0"));
  }

  private void write(SheetLimits limits, List<List<Cell>> rows) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Spreadsheet spreadsheet = new Spreadsheet(out, limits)) {
      spreadsheet.sheet("Rows", List.of("A", "B"));
      for (List<Cell> row : rows) {
        spreadsheet.row(row);
      }
    }
  }
}
