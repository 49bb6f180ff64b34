package io.twinstream.accuracy.report;

import io.twinstream.accuracy.Accuracy;
import io.twinstream.accuracy.Measured;
import java.util.List;
import java.util.Locale;

/**
 * Measured accuracy as a picture (SVG): the mean recall of each configuration over the share of
 * false pairs that come with it, counted where there were any, fitted elsewhere.
 */
public final class AccuracyChart {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 560;
  private static final int LEFT = 60;
  private static final int TOP = 30;
  private static final int PLOT_WIDTH = 500;
  private static final int PLOT_HEIGHT = 460;

  /** The decades of the rate of false pairs that are shown. */
  private static final int FIRST_DECADE = -9;

  private static final int LAST_DECADE = -2;
  private static final double TWO_OF_500_000 = 4e-6;
  private static final List<String> COLOURS =
      List.of(
          "#1b6ca8", "#d1495b", "#2e8b57", "#edae49", "#6a4c93", "#00798c", "#a0522d", "#ff7f50",
          "#708090", "#b5179e");

  private AccuracyChart() {}

  /** The picture. */
  public static String svg(Accuracy accuracy) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">\n",
            WIDTH,
            HEIGHT));
    svg.append(
        String.format(
            Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", WIDTH, HEIGHT));
    axes(svg);
    int number = 0;
    for (Measured measured : accuracy.measured()) {
      String colour = COLOURS.get(number % COLOURS.size());
      svg.append(
          String.format(
              Locale.ROOT,
              "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>\n",
              colour,
              points(measured)));
      int y = TOP + 16 * number;
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n",
              LEFT + PLOT_WIDTH + 20,
              y + 10,
              colour,
              measured.configuration().name()));
      number++;
    }
    return svg.append("</svg>\n").toString();
  }

  private static void axes(StringBuilder svg) {
    for (int decade = FIRST_DECADE; decade <= LAST_DECADE; decade++) {
      double x = x(decade);
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d=\"M%.1f %d v%d\" stroke=\"#ddd\"/><text x=\"%.1f\" y=\"%d\""
                  + " text-anchor=\"middle\">1e%d</text>\n",
              x,
              TOP,
              PLOT_HEIGHT,
              x,
              TOP + PLOT_HEIGHT + 18,
              decade));
    }
    for (int percent = 0; percent <= 100; percent += 10) {
      double y = y(percent / 100.0);
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
              percent));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %d v%d\" stroke=\"#777\" stroke-dasharray=\"4 4\"/>\n",
            x(Math.log10(TWO_OF_500_000)),
            TOP,
            PLOT_HEIGHT));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">share of false pairs (fitted where none"
                + " was seen; dashed: 2 of 500,000)</text>\n",
            LEFT + PLOT_WIDTH / 2,
            TOP + PLOT_HEIGHT + 42));
    svg.append(
        String.format(
            Locale.ROOT, "<text x=\"%d\" y=\"%d\">mean recall</text>\n", LEFT - 50, TOP - 12));
  }

  private static String points(Measured measured) {
    StringBuilder points = new StringBuilder();
    for (int radius = 0; radius <= measured.pairs().bits(); radius++) {
      double rate = rate(measured, radius);
      if (rate >= Math.pow(10, FIRST_DECADE) && rate <= Math.pow(10, LAST_DECADE)) {
        points.append(
            String.format(
                Locale.ROOT, "%.1f,%.1f ", x(Math.log10(rate)), y(measured.meanRecall(radius))));
      }
    }
    return points.toString().strip();
  }

  private static double rate(Measured measured, int radius) {
    long seen = measured.pairs().within(radius);
    return seen > 0 || measured.tail().isEmpty()
        ? (double) seen / measured.pairs().total()
        : measured.tail().get().share(radius);
  }

  private static double x(double decade) {
    return LEFT + PLOT_WIDTH * (decade - FIRST_DECADE) / (LAST_DECADE - FIRST_DECADE);
  }

  private static double y(double recall) {
    return TOP + PLOT_HEIGHT * (1 - recall);
  }
}
