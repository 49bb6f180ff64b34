package io.twinstream.catalog.sheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.RichText;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a spreadsheet (.xlsx), sheet after sheet and row after row, keeping only the row at hand
 * in memory. Confined to one thread.
 *
 * <p>Texts are inline strings in cells of the format Text. So no text is a formula, a number or a
 * date, nor becomes one when somebody edits the cell.
 */
public final class Spreadsheet implements Closeable {
  private static final String TEXT_FORMAT = "@";
  private static final int MIN_WIDTH = 12;
  private static final int MAX_WIDTH = 40;
  private static final int FILTER_BUTTON_WIDTH = 4;

  private final Workbook workbook;
  private final SheetLimits limits;
  private Worksheet sheet;
  private String name;
  private List<String> header;
  private int part;
  private int rows;

  /**
   * One without sheets.
   *
   * @param out is not closed; better buffered
   */
  public Spreadsheet(OutputStream out, SheetLimits limits) {
    this.workbook = new Workbook(out, "Twinstream", null);
    this.limits = limits;
  }

  /**
   * Begins a sheet; the one before is finished.
   *
   * @param newName at most 25 characters, none of {@code []:*?/\}
   * @param newHeader the first row, repeated where the rows don't fit into one sheet
   * @throws IllegalArgumentException if there are more columns than a sheet can have
   * @throws IOException if it can't be written
   */
  public void sheet(String newName, List<String> newHeader) throws IOException {
    if (newHeader.size() > limits.columns()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a sheet has at most %,d columns, %s has %,d",
              limits.columns(),
              newName,
              newHeader.size()));
    }
    finishSheet();
    name = newName;
    header = List.copyOf(newHeader);
    part = 0;
    beginPart();
  }

  private void beginPart() throws IOException {
    part++;
    rows = 0;
    sheet = workbook.newWorksheet(part == 1 ? name : "%s (%s)".formatted(name, part));
    sheet.freezePane(0, 1);
    for (int column = 0; column < header.size(); column++) {
      sheet.width(
          column,
          Math.clamp(header.get(column).length() + FILTER_BUTTON_WIDTH, MIN_WIDTH, MAX_WIDTH));
      write(column, new Cell.Text(header.get(column)));
    }
    sheet.range(0, 0, 0, header.size() - 1).style().bold().format(TEXT_FORMAT).set();
    endRow();
  }

  /**
   * Adds a row to the sheet that was begun last.
   *
   * @param cells in the order of the header; may be fewer
   * @throws IOException if it can't be written
   */
  public void row(List<Cell> cells) throws IOException {
    if (rows == limits.rows()) {
      finishSheet();
      beginPart();
    }
    int firstText = -1;
    for (int column = 0; column < cells.size(); column++) {
      Cell cell = cells.get(column);
      write(column, cell);
      boolean isText = cell instanceof Cell.Text;
      if (isText && firstText < 0) {
        firstText = column;
      } else if (!isText && firstText >= 0) {
        formatTexts(firstText, column);
        firstText = -1;
      }
    }
    if (firstText >= 0) {
      formatTexts(firstText, cells.size());
    }
    endRow();
  }

  private void write(int column, Cell cell) {
    switch (cell) {
      case Cell.Text(String text) -> write(column, CellText.of(text));
      case Cell.Numeric(BigDecimal number) -> sheet.value(rows, column, number);
      case Cell.Flag(boolean flag) -> sheet.value(rows, column, flag);
      case Cell.Empty() -> {}
    }
  }

  private void write(int column, String text) {
    // Only rich texts are marked as such whose white space counts.
    if (text.equals(text.strip())) {
      sheet.inlineString(rows, column, text);
    } else {
      sheet.inlineString(rows, column, RichText.builder().run(text).end().build());
    }
  }

  private void formatTexts(int from, int to) {
    sheet.range(rows, from, rows, to - 1).style().format(TEXT_FORMAT).set();
  }

  private void endRow() throws IOException {
    sheet.flush();
    rows++;
  }

  private void finishSheet() throws IOException {
    if (sheet != null) {
      sheet.setAutoFilter(0, 0, header.size() - 1);
      sheet.finish();
      sheet = null;
    }
  }

  /**
   * Finishes it.
   *
   * @throws IOException if it can't be written
   */
  @Override
  public void close() throws IOException {
    finishSheet();
    workbook.finish();
  }
}
