package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.standalone.replay.diff.Change;
import io.twinstream.standalone.replay.diff.Change.Kind;
import io.twinstream.standalone.replay.diff.Difference;
import io.twinstream.standalone.replay.diff.Outcome.Duplicate;
import io.twinstream.standalone.replay.diff.Outcome.Unique;
import io.twinstream.standalone.replay.diff.Side;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiffTextTest {
  private static final List<Threshold> THRESHOLDS = List.of(new Threshold("PDQ", 90));

  @Test
  void fewDistancesHaveALineEach() {
    assertThat(text(10, newDuplicates(32, 32, 35)))
        .contains("New duplicates, by distance to their original in wide:")
        .containsPattern("\\b2  at 32 bits")
        .containsPattern("\\b1  at 35 bits");
  }

  @Test
  void manyDistancesArePutTogether() {
    assertThat(text(10, newDuplicates(IntStream.rangeClosed(30, 45).toArray())))
        .containsPattern("\\b2  at 28 to 31 bits")
        .containsPattern("\\b4  at 32 to 35 bits")
        .containsPattern("\\b2  at 44 to 47 bits")
        .doesNotContain("at 36 bits");
  }

  @Test
  void noMoreExamplesAreShownThanWereAskedFor() {
    Stream<Change> changes = newDuplicates(50, 40, 30);

    assertThat(text(2, changes))
        .contains("New duplicates, 2 of 3, the widest first")
        .contains("image 0", "image 1")
        .doesNotContain("image 2");
  }

  @Test
  void noExamplesNeedNoHeading() {
    assertThat(text(0, newDuplicates(50))).doesNotContain("image 0").doesNotContain("all:");
  }

  @Test
  void namesCanNotSteerTheTerminal() {
    Change change =
        new Change(
            Kind.NEW_DUPLICATE,
            new ImageKey("a/b", "\u001b[2Jx\ny"),
            "\u202ehttp",
            new Unique(1, THRESHOLDS),
            new Duplicate(1, THRESHOLDS, "\u0007", 3));

    assertThat(text(10, Stream.of(change)))
        .contains("a%2Fb/\\u{1b}[2Jx y", "\\u{202e}http", "like \\u{7}, 3 bits");
  }

  private static Stream<Change> newDuplicates(int... distances) {
    return IntStream.range(0, distances.length)
        .mapToObj(i ->
            new Change(
                Kind.NEW_DUPLICATE,
                new ImageKey("default", "image " + i),
                "file:///" + i,
                new Unique(1, THRESHOLDS),
                new Duplicate(1, THRESHOLDS, "original", distances[i])));
  }

  private static String text(int examples, Stream<Change> changes) {
    StringWriter text = new StringWriter();
    DiffText.print(
        new PrintWriter(text),
        new Difference(side("live"), side("wide"), 7, 0, 0, changes.toList()),
        examples);
    return text.toString();
  }

  private static Side side(String run) {
    return new Side(run, THRESHOLDS, Optional.empty(), 7, List.of());
  }
}
