package io.twinstream.catalog.sheet;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Writes a spreadsheet of many rows, as wide as that of a manifest with five attributes: ten
 * columns that every duplicate has, and the attributes of it and of its original.
 */
final class SpreadsheetBenchmark {
  private static final int COLUMNS = 20;
  private static final int PRIME = 100_003;

  private SpreadsheetBenchmark() {}

  /** The first argument is the number of rows. */
  public static void main(String[] args) throws IOException {
    int rows = Integer.parseInt(args[0]);
    Path file = Files.createTempFile("spreadsheet", ".xlsx");
    try {
      long startedAt = System.nanoTime();
      write(file, rows);
      double seconds = (System.nanoTime() - startedAt) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%,d rows of %d cells in %.1f s: %,.0f rows/s, %.1f MB, -Xmx%dm%n",
          rows,
          COLUMNS,
          seconds,
          rows / seconds,
          Files.size(file) / 1e6,
          Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      Files.delete(file);
    }
  }

  private static void write(Path file, int rows) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        Spreadsheet spreadsheet = new Spreadsheet(out, SheetLimits.EXCEL)) {
      spreadsheet.sheet(
          "Duplicates",
          IntStream.range(0, COLUMNS).mapToObj(column -> "Column " + column).toList());
      for (int row = 0; row < rows; row++) {
        spreadsheet.row(cells(row));
      }
    }
  }

  private static List<Cell> cells(int row) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(path(row)));
    cells.add(Cell.of("store-%s/%s".formatted(row % 977, row)));
    cells.add(Cell.of("default"));
    cells.add(Cell.of(path(row / 3)));
    cells.add(Cell.of("store-%s/%s".formatted(row / 3 % 977, row / 3)));
    cells.add(Cell.of("present"));
    cells.add(Cell.of(row % 2 == 0 ? "near" : "exact"));
    cells.add(Cell.of(row % 65));
    cells.add(Cell.of(1 - row % 65 / 256.0));
    cells.add(Cell.of("image-metadata-0@" + row));
    while (cells.size() < COLUMNS) {
      // Long arithmetic, so that a product of the largest row does not overflow.
      cells.add(Cell.of("value " + (long) row * cells.size() % PRIME));
    }
    return cells;
  }

  private static String path(int row) {
    return "https://example.org/stores/%s/2026/photo-%s.jpg".formatted(row % 977, row);
  }
}
