package io.twinstream.catalog.sheet;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Texts as cells can hold them. Characters that XML can't hold are written {@code _xHHHH_}, as
 * Office does it (ECMA-376, ST_Xstring); so is the underscore before what only looks like that.
 */
final class CellText {
  /** The longest text of a cell, in UTF-16 units. Escapes are counted as they are written. */
  static final int MAX_LENGTH = 32_767;

  // x, four hexadecimal digits, and the underscore that ends it.
  private static final int ESCAPE_TAIL = 6;

  private CellText() {}

  /** The text, escaped where it must be and cut, with a mark that says so, where it is too long. */
  static String of(String text) {
    int plain = plainPrefix(text);
    if (plain == text.length() && plain <= MAX_LENGTH) {
      return text;
    }
    String mark = String.format(Locale.ROOT, "… [cut; %,d characters in all]", text.length());
    StringBuilder cell = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + ESCAPE_TAIL);
    int whereToCut = 0;
    int next = 0;
    while (next < text.length() && cell.length() <= MAX_LENGTH) {
      if (cell.length() <= MAX_LENGTH - mark.length()) {
        whereToCut = cell.length();
      }
      next += append(cell, text, next);
    }
    if (cell.length() > MAX_LENGTH) {
      cell.setLength(whereToCut);
      cell.append(mark);
    }
    return cell.toString();
  }

  /** Whether the text need not be cut. */
  static boolean fits(String text) {
    long escapes = IntStream.range(0, text.length()).filter(i -> needsEscape(text, i)).count();
    return text.length() + escapes * ESCAPE_TAIL <= MAX_LENGTH;
  }

  /** How many characters from the start need no escape. */
  private static int plainPrefix(String text) {
    int index = 0;
    while (index < text.length() && !needsEscape(text, index)) {
      index++;
    }
    return index;
  }

  /** Writes what stands at the index and says how many characters that was. */
  private static int append(StringBuilder cell, String text, int index) {
    if (needsEscape(text, index)) {
      cell.append(String.format(Locale.ROOT, "_x%04X_", (int) text.charAt(index)));
      return 1;
    }
    int character = text.codePointAt(index);
    cell.appendCodePoint(character);
    return Character.charCount(character);
  }

  private static boolean needsEscape(String text, int index) {
    char character = text.charAt(index);
    return character == '_' ? looksLikeEscape(text, index) : isForbidden(text, index);
  }

  private static boolean isForbidden(String text, int index) {
    char character = text.charAt(index);
    if (Character.isSurrogate(character)) {
      return !isPaired(text, index);
    }
    boolean isControl = character < ' ';
    return (isControl && character != '\t' && character != '\n' && character != '\r')
        || character == '\uFFFE'
        || character == '\uFFFF';
  }

  private static boolean isPaired(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }

  /**
   * Whether a reader that comes to this underscore would take it and what follows for an escape.
   * The underscore at its end may be one that we write, as the start of a real escape.
   */
  private static boolean looksLikeEscape(String text, int index) {
    int end = index + ESCAPE_TAIL;
    return end < text.length()
        && (text.charAt(index + 1) == 'x' || text.charAt(index + 1) == 'X')
        && text.substring(index + 2, end).chars().allMatch(CellText::isHexDigit)
        && (text.charAt(end) == '_' || isForbidden(text, end));
  }

  private static boolean isHexDigit(int character) {
    return character < 128 && Character.digit(character, 16) >= 0;
  }
}
