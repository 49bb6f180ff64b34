package io.twinstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Property
  void everyNameFallsToExactlyOneTask(
      @ForAll byte[] name, @ForAll @IntRange(min = 1, max = 40) int tasks) {
    assertThat(IntStream.range(0, tasks).filter(task -> new Share(task, tasks).has(name)))
        .hasSize(1);
  }

  /** Another outcome would move files between the tasks of workers of two versions. */
  @Test
  void namesFallToTheSameTaskForEver() {
    assertThat(
            List.of("a.jpg", "b/c.png", "naïve é.jpg", "").stream()
                .map(name -> taskOf(name, 5))
                .toList())
        .containsExactly(1, 2, 3, 0);
  }

  @Test
  void namesThatDifferInTheirNumberOnlyAreSpreadEvenly() {
    for (int tasks = 2; tasks <= 16; tasks++) {
      int[] counts = new int[tasks];
      for (int i = 0; i < 20_000; i++) {
        counts[taskOf(String.format(Locale.ROOT, "shelf/IMG_%05d.jpg", i), tasks)]++;
      }
      double even = 20_000.0 / tasks;
      assertThat(IntStream.of(counts).boxed())
          .allSatisfy(count -> assertThat((double) count).isCloseTo(even, within(even / 10)));
    }
  }

  private static int taskOf(String name, int tasks) {
    return IntStream.range(0, tasks)
        .filter(task -> new Share(task, tasks).has(name.getBytes(UTF_8)))
        .findFirst()
        .orElseThrow();
  }
}
