package io.twinstream.catalog.sheet;

/**
 * How large a sheet may be.
 *
 * @param rows with the header; what is more goes on in a further sheet
 * @param columns no row may have more
 */
public record SheetLimits(int rows, int columns) {
  /** What Excel opens. */
  public static final SheetLimits EXCEL = new SheetLimits(1_048_576, 16_384);

  /**
   * @throws IllegalArgumentException if there is no room for a header, a row and a column
   */
  public SheetLimits {
    if (rows < 2 || columns < 1) {
      throw new IllegalArgumentException(
          "a sheet has 2 rows and 1 column or more, not %s and %s".formatted(rows, columns));
    }
  }
}
