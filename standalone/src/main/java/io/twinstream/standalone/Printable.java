package io.twinstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.HexFormat;

/**
 * Anything as text that a terminal can be trusted with: bytes that are no UTF-8 become {@code
 * \xHH}, and characters that steer a terminal, or can't be seen, {@code \}{@code u{HEX}}.
 */
final class Printable {
  private static final HexFormat HEX = HexFormat.of();

  private Printable() {}

  /** Lines stay lines. */
  static String lines(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result;
    do {
      result = decoder.decode(in, out, true);
      out.flip().codePoints().forEach(c -> append(c, text));
      out.clear();
      if (result.isError()) {
        for (int i = 0; i < result.length(); i++) {
          text.append("\\x").append(HEX.toHexDigits(in.get()));
        }
      }
    } while (result.isError());
    return text.toString();
  }

  private static void append(int c, StringBuilder text) {
    if (c == '\n' || c == '\t' || !isHidden(c)) {
      text.appendCodePoint(c);
    } else {
      text.append("\\u{").append(Integer.toHexString(c)).append('}');
    }
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** All in one line, and no longer than so many characters. */
  static String line(String text, int limit) {
    String line = lines(text.getBytes(UTF_8)).replace('\n', ' ').replace('\t', ' ');
    return line.codePointCount(0, line.length()) > limit
        ? line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…"
        : line;
  }
}
