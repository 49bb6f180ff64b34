package io.twinstream.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.sample.PaintedSample.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole samples, measured: {@code -Dsample.seeds=12} paints those of seeds 1 to 12, which takes
 * some ten seconds each.
 */
@EnabledIfSystemProperty(named = "sample.seeds", matches = "[1-9][0-9]*")
class SampleEvaluationTest {
  @TempDir private Path temp;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("sample.seeds"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aWholeSampleKeepsItsDistances(long seed) throws IOException {
    Sample summary = new SamplePainter(seed).paint(temp, (done, total) -> {});

    List<Pair> pairs = PaintedSample.read(temp).pairs();
    IntSummaryStatistics alike = distances(pairs, true);
    IntSummaryStatistics apart = distances(pairs, false);
    System.out.printf("seed %d: %s%n  in groups %s%n  apart %s%n", seed, summary, alike, apart);

    assertThat(summary.images()).isGreaterThan(400);
    assertThat(summary.groups()).isGreaterThanOrEqualTo(40);
    assertThat(summary.hardNegatives()).isGreaterThanOrEqualTo(20);
    assertThat(alike.getMax()).isLessThanOrEqualTo(Gallery.NEAR_COPY);
    assertThat(apart.getMin()).isGreaterThanOrEqualTo(Gallery.APART);
  }

  private static IntSummaryStatistics distances(List<Pair> pairs, boolean alike) {
    return pairs.stream()
        .filter(pair -> pair.alike() == alike)
        .mapToInt(Pair::distance)
        .summaryStatistics();
  }
}
