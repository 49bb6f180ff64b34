package io.twinstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.VerdictCounts;
import io.twinstream.standalone.scan.ProgressDisplay;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private static final String CLEAR_LINE = "\r\u001B[K";
  private static final VerdictCounts START = new VerdictCounts(4, 0, 0, 0);
  private static final VerdictCounts HALF = new VerdictCounts(2_000, 900, 60, 40);

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private Duration now = Duration.ZERO;

  @Test
  void onATerminalABarIsDrawnOver() {
    ProgressDisplay display = display(true);

    display.phase("Starting …");
    display.show(START, false, List.of());
    display.show(HALF, false, List.of());
    display.done();

    assertThat(text())
        .startsWith(
            CLEAR_LINE + "Starting …" + CLEAR_LINE + "[" + "-".repeat(24) + "] 0 of 4+ images")
        .contains(CLEAR_LINE + "[" + "#".repeat(12) + "-".repeat(12) + "] 1,000 of 2,000+ images, ")
        .contains("/s: 900 unique, 60 duplicates, 40 failed")
        .endsWith(CLEAR_LINE)
        .doesNotContain("\n")
        .doesNotContain(" left");
  }

  @Test
  void elsewhereThereAreWholeLinesOfPlainText() {
    ProgressDisplay display = display(false);

    display.phase("Starting …");
    display.show(START, false, List.of());
    display.show(HALF, true, List.of());
    display.done();

    assertThat(text())
        .matches("1,000 of 2,000 images, \\d+/s: 900 unique, 60 duplicates, 40 failed\\R");
  }

  @Test
  void theTimeLeftIsToldFromWhatComesAfterTheSlowFirstSecondsOnceThatIsMeasured() {
    ProgressDisplay display = display(false);

    display.show(judged(0), true, List.of());
    at(5, display, judged(2));
    at(6, display, judged(10));
    at(8, display, judged(30));
    at(10, display, judged(230));
    at(11, display, judged(330));
    at(12, display, judged(430));

    List<String> lines = text().lines().toList();
    assertThat(lines.subList(0, 4)).noneMatch(line -> line.contains("left"));
    // 100/s, where 36/s would be had from the beginning.
    assertThat(lines.getLast()).endsWith(", 16 s left");
  }

  @Test
  void noTimeIsToldWhileTheTotalIsNotKnownOrNothingComes() {
    ProgressDisplay display = display(false);

    display.show(judged(0), false, List.of());
    at(1, display, judged(10));
    at(4, display, judged(40));
    now = Duration.ofSeconds(8);
    display.show(judged(80), false, List.of());
    assertThat(text()).doesNotContain("left");

    display.show(judged(40), true, List.of());
    assertThat(text()).doesNotContain("left");

    display.show(judged(80), true, List.of());
    assertThat(text()).endsWith(", 3 min 12 s left" + System.lineSeparator());
  }

  private void at(int second, ProgressDisplay display, VerdictCounts counts) {
    now = Duration.ofSeconds(second);
    display.show(counts, true, List.of());
  }

  private static VerdictCounts judged(long number) {
    return new VerdictCounts(2_000, number, 0, 0);
  }

  @Test
  void whileHostsAreLeftAloneNobodyKnowsHowLongItTakes() {
    ProgressDisplay display = display(false);

    display.show(START, true, List.of());
    display.show(HALF, true, List.of("a.example"));
    display.show(HALF, true, List.of("a.example", "b.example"));
    display.show(HALF, true, List.of("a.example", "b.example", "c.example"));

    assertThat(text().lines())
        .satisfiesExactly(
            one -> assertThat(one).endsWith("40 failed, waiting for a.example"),
            two -> assertThat(two).endsWith(", waiting for a.example; and for 1 more host"),
            more -> assertThat(more).endsWith(", waiting for a.example; and for 2 more hosts"));
  }

  @Test
  void beforeAnyImageTheBarIsEmpty() {
    ProgressDisplay display = display(true);

    display.show(new VerdictCounts(0, 0, 0, 0), false, List.of());

    assertThat(text()).contains("[" + "-".repeat(24) + "] 0 of 0+ images, 0/s");
  }

  @Test
  void theFirstTimeIsDueAtOnceAndTheNextNot() {
    ProgressDisplay display = display(false);

    assertThat(display.isDue()).isTrue();
    display.show(START, false, List.of());
    assertThat(display.isDue()).isFalse();
  }

  private ProgressDisplay display(boolean isTerminal) {
    return new ProgressDisplay(
        new PrintStream(shown, true, UTF_8), isTerminal, () -> now.toNanos());
  }

  private String text() {
    return shown.toString(UTF_8);
  }
}
