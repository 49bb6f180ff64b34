package io.twinstream.catalog.sheet;

import java.math.BigDecimal;

/** What stands in a cell. There is none that holds a formula. */
public sealed interface Cell {
  /** Nothing. */
  Cell EMPTY = new Empty();

  /** A text; an empty one leaves the cell empty. */
  static Cell of(String text) {
    return text.isEmpty() ? EMPTY : new Text(text);
  }

  /** A whole number. */
  static Cell of(long number) {
    return of(BigDecimal.valueOf(number));
  }

  /**
   * A number.
   *
   * @throws NumberFormatException if it is infinite or none
   */
  static Cell of(double number) {
    return new Numeric(BigDecimal.valueOf(number));
  }

  /**
   * A number where a spreadsheet can hold it as it is, else its digits as text: spreadsheets keep
   * 15 digits.
   */
  static Cell of(BigDecimal number) {
    double nearest = number.doubleValue();
    boolean isHeld =
        number.stripTrailingZeros().precision() <= Numeric.DIGITS
            && Double.isFinite(nearest)
            && BigDecimal.valueOf(nearest).compareTo(number) == 0;
    return isHeld ? new Numeric(number) : new Text(number.toString());
  }

  /** Whether a cell can hold the text whole. */
  static boolean fits(String text) {
    return CellText.fits(text);
  }

  /** True or false. */
  static Cell of(boolean flag) {
    return new Flag(flag);
  }

  /**
   * Any characters, also those that XML can't hold; what is longer than a cell can be is cut where
   * it is written.
   */
  record Text(String text) implements Cell {}

  /** A number that sorts and adds up as one. */
  record Numeric(BigDecimal number) implements Cell {
    /** How many decimal digits spreadsheets keep. */
    public static final int DIGITS = 15;
  }

  /** True or false. */
  record Flag(boolean flag) implements Cell {}

  /** Nothing at all. */
  record Empty() implements Cell {}
}
