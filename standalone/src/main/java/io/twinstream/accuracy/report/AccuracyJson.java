package io.twinstream.accuracy.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.twinstream.accuracy.Accuracy;
import io.twinstream.accuracy.Accuracy.Lookalike;
import io.twinstream.accuracy.Distances;
import io.twinstream.accuracy.Measured;
import io.twinstream.accuracy.Tail;
import io.twinstream.match.Preset;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Measured accuracy for machines. Shares are 0 to 1, radii and distances bits.
 *
 * @param distinct photographs whose pairs were compared
 * @param edited photographs that were edited
 * @param lookalikes that were left out of the pairs, since they seem to be no distinct pictures
 * @param problems files that could not be used
 * @param missing edits that could not be had
 * @param configurations the default first
 */
public record AccuracyJson(
    int distinct,
    int edited,
    List<Lookalike> lookalikes,
    List<String> problems,
    List<String> missing,
    List<OfConfiguration> configurations) {

  /**
   * One configuration.
   *
   * @param radius the widest that lets no more than 2 of 500,000 pairs through
   * @param falsePairs at that radius
   * @param pairs all of distinct photographs
   * @param falseRateAtMost the bound of their rate by what was counted, with 95 % confidence
   * @param meanRecall at that radius, over all edits
   * @param recall at that radius, by edit
   * @param radii the same at several radii
   * @param presets what each preset finds, right and wrong; none where presets suppose more ways to
   *     look, or where there are too few pairs to tell
   * @param distances how many pairs have which distance
   */
  public record OfConfiguration(
      String configuration,
      int radius,
      @JsonProperty("false_pairs") long falsePairs,
      long pairs,
      @JsonProperty("false_rate_at_most") double falseRateAtMost,
      @JsonProperty("mean_recall") double meanRecall,
      Map<String, Double> recall,
      List<AtRadius> radii,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OfPreset> presets,
      Map<Integer, Long> distances) {}

  /** What is found and what wrongly at one radius. */
  public record AtRadius(
      int radius,
      @JsonProperty("false_pairs") long falsePairs,
      @JsonProperty("false_rate_at_most") double falseRateAtMost,
      @JsonProperty("mean_recall") double meanRecall,
      Map<String, Double> recall) {}

  /**
   * What comes of a preset by this sample.
   *
   * @param radius the preset's; -1 if it has none for this algorithm
   * @param widest the widest radius that this sample would allow it; -1 if there is none
   * @param rate of false pairs within the preset's radius, as the tail goes on
   * @param rateAtMost its bound, with 95 % confidence
   * @param extrapolated whether no pair was seen so near
   * @param falseMatchesAtMost per image, by the number of images stored
   */
  public record OfPreset(
      String preset,
      int radius,
      int widest,
      double rate,
      @JsonProperty("rate_at_most") double rateAtMost,
      boolean extrapolated,
      @JsonProperty("mean_recall") double meanRecall,
      @JsonProperty("false_matches_at_most") Map<Integer, Double> falseMatchesAtMost) {}

  private static final List<Integer> STORED = List.of(1_000, 100_000, 1_000_000);

  /** What a hundredth of a false match an image allows of pairs. */
  private static final double A_HUNDREDTH = 0.01;

  private static final double TWO_OF_500_000 = 4e-6;

  /** Everything. */
  public static AccuracyJson of(Accuracy accuracy) {
    return new AccuracyJson(
        accuracy.distinct(),
        accuracy.edited(),
        accuracy.lookalikes(),
        accuracy.problems(),
        accuracy.missing(),
        accuracy.measured().stream().map(AccuracyJson::of).toList());
  }

  private static OfConfiguration of(Measured measured) {
    int radius = measured.radius();
    AtRadius here = at(measured, radius);
    return new OfConfiguration(
        measured.configuration().name(),
        radius,
        here.falsePairs(),
        measured.pairs().total(),
        here.falseRateAtMost(),
        here.meanRecall(),
        here.recall(),
        radii(measured).stream().map(one -> at(measured, one)).toList(),
        presets(measured),
        distances(measured.pairs()));
  }

  /** That which the presets use, the customary one of PDQ, and its own. */
  private static TreeSet<Integer> radii(Measured measured) {
    TreeSet<Integer> radii = new TreeSet<>();
    int bits = measured.pairs().bits();
    radii.add(0);
    radii.add(31 * bits / 256);
    radii.add(63 * bits / 256);
    radii.add(Math.max(0, measured.radius()));
    for (Preset preset : Preset.values()) {
      preset.radius(measured.configuration().algorithm()).ifPresent(radii::add);
    }
    return radii;
  }

  private static AtRadius at(Measured measured, int radius) {
    Map<String, Double> recall = new LinkedHashMap<>();
    measured
        .edits()
        .forEach((edit, found) -> {
          if (found.total() > 0) {
            recall.put(edit, round(found.shareWithin(radius)));
          }
        });
    return new AtRadius(
        radius,
        measured.pairs().within(radius),
        digits(measured.rateAtMost(radius)),
        round(measured.meanRecall(radius)),
        recall);
  }

  private static List<OfPreset> presets(Measured measured) {
    if (!measured.configuration().isComplete()) {
      return List.of();
    }
    return measured.tail().stream()
        .flatMap(tail -> Arrays.stream(Preset.values()).map(preset -> of(preset, measured, tail)))
        .toList();
  }

  private static OfPreset of(Preset preset, Measured measured, Tail tail) {
    int radius = preset.radius(measured.configuration().algorithm()).orElse(-1);
    double atMost = tail.shareAtMost(radius);
    Map<Integer, Double> matches = new LinkedHashMap<>();
    STORED.forEach(stored -> matches.put(stored, digits(stored * atMost)));
    return new OfPreset(
        preset.toString(),
        radius,
        widest(preset, measured, tail),
        digits(tail.share(radius)),
        digits(atMost),
        tail.isExtrapolated(radius),
        round(measured.meanRecall(radius)),
        matches);
  }

  private static int widest(Preset preset, Measured measured, Tail tail) {
    return switch (preset) {
      case EXACT -> 0;
      case STRICT, BALANCED -> widest(A_HUNDREDTH / preset.largest(), measured, tail);
      case LOOSE -> widest(TWO_OF_500_000, measured, tail);
    };
  }

  private static int widest(double share, Measured measured, Tail tail) {
    return Math.min(tail.widest(share), measured.radius());
  }

  private static Map<Integer, Long> distances(Distances distances) {
    Map<Integer, Long> counts = new LinkedHashMap<>();
    for (int distance = 0; distance <= distances.bits(); distance++) {
      if (distances.count(distance) > 0) {
        counts.put(distance, distances.count(distance));
      }
    }
    return counts;
  }

  private static double round(double share) {
    return Math.round(share * 1e4) / 1e4;
  }

  /** Three that count. */
  private static double digits(double value) {
    return value == 0 ? 0 : new BigDecimal(value, new MathContext(3)).doubleValue();
  }
}
