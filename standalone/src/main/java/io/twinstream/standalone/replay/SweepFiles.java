package io.twinstream.standalone.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.replay.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** A sweep as a curve (SVG) and as a table (CSV, RFC 4180). */
public final class SweepFiles {
  private static final int WIDTH = 860;
  private static final int HEIGHT = 480;
  private static final int LEFT = 64;
  private static final int TOP = 40;
  private static final int PLOT_WIDTH = 560;
  private static final int PLOT_HEIGHT = 380;
  private static final int TICKS = 10;

  private SweepFiles() {}

  /**
   * Writes both into a folder, which is made if it is missing.
   *
   * @return the curve, then the table
   */
  public static List<Path> write(SweepReport report, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path curve = Files.writeString(folder.resolve("sweep.svg"), svg(report), UTF_8);
    Path table = Files.writeString(folder.resolve("sweep.csv"), csv(report), UTF_8);
    return List.of(curve, table);
  }

  static String csv(SweepReport report) {
    StringBuilder csv = new StringBuilder("radius,duplicates,groups,largest_group\r\n");
    for (Sweep.Point point : report.points()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%d,%d\r\n",
              point.radius(),
              point.duplicates(),
              point.groups(),
              point.largest()));
    }
    return csv.toString();
  }

  static String svg(SweepReport report) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                + "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n"
                + "<text x=\"%d\" y=\"20\" font-size=\"14\">%,d images, %s, by radius</text>\n",
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            LEFT,
            report.images(),
            // Names of algorithms are of letters, digits and brackets.
            report.algorithm()));
    axes(report, svg);
    line(report, "duplicates", "#1b6ca8", 0, Sweep.Point::duplicates, svg);
    line(report, "groups", "#2e8b57", 1, Sweep.Point::groups, svg);
    line(report, "largest group", "#d1495b", 2, Sweep.Point::largest, svg);
    report
        .collapse()
        .ifPresent(radius ->
            svg.append(
                String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %d v%d\" stroke=\"#d1495b\" stroke-dasharray=\"4 4\"/><text"
                        + " x=\"%d\" y=\"%d\" fill=\"#d1495b\">dashed: at %d groups"
                        + " collapse</text>\n",
                    x(report, radius),
                    TOP,
                    PLOT_HEIGHT,
                    LEFT + PLOT_WIDTH + 16,
                    TOP + 70,
                    radius)));
    return svg.append("</svg>\n").toString();
  }

  private static void axes(SweepReport report, StringBuilder svg) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double y = TOP + PLOT_HEIGHT * (1 - (double) tick / TICKS);
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d=\"M%d %.1f h%d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%.1f\""
                  + " text-anchor=\"end\">%d %%</text>\n",
              LEFT,
              y,
              PLOT_WIDTH,
              LEFT - 6,
              y + 4,
              100 / TICKS * tick));
    }
    int every = Math.max(1, (report.points().size() + TICKS) / TICKS);
    for (int at = 0; at < report.points().size(); at += every) {
      int radius = report.points().get(at).radius();
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n",
              x(report, radius),
              TOP + PLOT_HEIGHT + 18,
              radius));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">radius in bits; shares are of all"
                + " images</text>\n",
            LEFT + PLOT_WIDTH / 2,
            TOP + PLOT_HEIGHT + 42));
  }

  private static void line(
      SweepReport report,
      String name,
      String colour,
      int number,
      ToLongFunction<Sweep.Point> value,
      StringBuilder svg) {
    StringBuilder points = new StringBuilder();
    for (Sweep.Point point : report.points()) {
      double share = (double) value.applyAsLong(point) / Math.max(1, report.images());
      points.append(
          String.format(
              Locale.ROOT,
              "%.1f,%.1f ",
              x(report, point.radius()),
              TOP + PLOT_HEIGHT * (1 - share)));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>"
                + "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
            colour,
            points.toString().strip(),
            LEFT + PLOT_WIDTH + 16,
            TOP + 10 + 18 * number,
            colour,
            name));
  }

  private static double x(SweepReport report, int radius) {
    int first = report.points().getFirst().radius();
    int last = report.points().getLast().radius();
    return LEFT + PLOT_WIDTH * (double) (radius - first) / Math.max(1, last - first);
  }
}
