package io.twinstream.sample.scene;

import java.awt.Shape;
import java.awt.geom.Path2D;
import java.util.Locale;
import java.util.Map;

/**
 * Capital letters and digits drawn by a pen, because a machine without a screen may have no fonts
 * and two machines seldom have the same.
 */
public final class StrokeFont {
  /** Where one letter begins after the other, in letter heights. */
  private static final double ADVANCE = 0.75;

  /**
   * Pairs of digits are points, x from 0 to 2 and y from 0 to 4 downwards; the pen is lifted at
   * commas.
   */
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('A', "0401102124,0222"),
          Map.entry('B', "040010211202,12231404"),
          Map.entry('C', "211001031423"),
          Map.entry('D', "04001021231404"),
          Map.entry('E', "20000424,0212"),
          Map.entry('F', "200004,0212"),
          Map.entry('G', "2110010314232212"),
          Map.entry('H', "0004,2024,0222"),
          Map.entry('I', "1014"),
          Map.entry('J', "20231403"),
          Map.entry('K', "0004,200224"),
          Map.entry('L', "000424"),
          Map.entry('M', "0400122024"),
          Map.entry('N', "04002420"),
          Map.entry('O', "10010314232110"),
          Map.entry('P', "040010211202"),
          Map.entry('Q', "10010314232110,1324"),
          Map.entry('R', "040010211202,1224"),
          Map.entry('S', "21100112231403"),
          Map.entry('T', "0020,1014"),
          Map.entry('U', "0003142320"),
          Map.entry('V', "001420"),
          Map.entry('W', "0004122420"),
          Map.entry('X', "0024,2004"),
          Map.entry('Y', "001220,1214"),
          Map.entry('Z', "00200424"),
          Map.entry('0', "10010314232110"),
          Map.entry('1', "011014"),
          Map.entry('2', "0110210424"),
          Map.entry('3', "002012231403"),
          Map.entry('4', "100323,2024"),
          Map.entry('5', "20000212231404"),
          Map.entry('6', "20010314231202"),
          Map.entry('7', "002014"),
          Map.entry('8', "120110211223140312"),
          Map.entry('9', "22020110212214"));

  private StrokeFont() {}

  /**
   * The path of the pen; what the font has no glyph for is left blank.
   *
   * @param x where the text begins
   * @param y its upper edge
   * @param height of a letter
   */
  public static Shape write(String text, double x, double y, double height) {
    Path2D path = new Path2D.Double();
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      for (String stroke : GLYPHS.getOrDefault(capitals.charAt(i), "").split(",", -1)) {
        draw(stroke, x + i * ADVANCE * height, y, height / 4, path);
      }
    }
    return path;
  }

  private static void draw(String stroke, double x, double y, double unit, Path2D path) {
    for (int at = 0; at < stroke.length(); at += 2) {
      double px = x + (stroke.charAt(at) - '0') * unit;
      double py = y + (stroke.charAt(at + 1) - '0') * unit;
      if (at == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
  }

  /** The width of a text in letter heights. */
  public static double widthOf(String text) {
    return text.length() * ADVANCE;
  }
}
