package io.twinstream.catalog.sheet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Row.MissingCellPolicy;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;

/** Spreadsheets as an independent reader has them. */
public final class ReadSheet {
  private ReadSheet() {}

  /** The names of the sheets, in order. */
  public static List<String> names(Path file) throws IOException {
    try (Workbook workbook = open(file)) {
      return StreamSupport.stream(workbook.spliterator(), false).map(Sheet::getSheetName).toList();
    }
  }

  /** The rows of a sheet: texts, doubles and booleans; empty texts for empty cells. */
  public static List<List<Object>> sheet(Path file, String name) throws IOException {
    try (Workbook workbook = open(file)) {
      List<List<Object>> rows = new ArrayList<>();
      for (Row row : workbook.getSheet(name)) {
        List<Object> cells = new ArrayList<>();
        for (int column = 0; column < row.getLastCellNum(); column++) {
          org.apache.poi.ss.usermodel.Cell cell =
              row.getCell(column, MissingCellPolicy.CREATE_NULL_AS_BLANK);
          cells.add(
              switch (cell.getCellType()) {
                case STRING -> cell.getStringCellValue();
                case NUMERIC -> cell.getNumericCellValue();
                case BOOLEAN -> cell.getBooleanCellValue();
                case BLANK -> "";
                case FORMULA, ERROR, _NONE ->
                    throw new AssertionError(cell.getAddress() + " is a " + cell.getCellType());
              });
        }
        rows.add(cells);
      }
      return rows;
    }
  }

  private static Workbook open(Path file) throws IOException {
    return WorkbookFactory.create(file.toFile(), null, true);
  }
}
