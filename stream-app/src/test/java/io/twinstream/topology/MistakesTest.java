package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.schema.Verdict.DuplicateFound;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody has foreseen. */
@Timeout(60)
class MistakesTest {
  private static final FetchSettings SETTINGS = TopologyHarness.settings(FetchOrder.SOURCE, 4, 100);
  private static final String FILE = "0000000000000000";

  private final BrittleIndexes indexes = new BrittleIndexes();
  @TempDir private Path folder;
  private TopologyHarness app;

  @BeforeEach
  void start() {
    app = new TopologyHarness(folder, SETTINGS, indexes);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  static Stream<Throwable> mistakes() {
    return Stream.of(
        new IllegalStateException("oops"),
        new AssertionError("oops"),
        new StackOverflowError("oops"),
        new NoClassDefFoundError("oops"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aLoadThatThrowsIsAnInternalErrorAndHoldsUpNothing(Throwable mistake) {
    app.event("1", "a");
    app.event("2", "b");
    app.tick();
    app.loads.fetch("a").breaks(mistake);
    app.loads.fetch("b").brings(FILE);
    app.tick();

    List<Verdict> verdicts = app.verdicts();
    assertThat(verdicts).extracting(one -> one.event().offset()).containsExactly(0L, 1L);
    DownloadFailed failed = (DownloadFailed) verdicts.getFirst();
    assertThat(failed.reason()).isEqualTo(FailureReason.INTERNAL_ERROR);
    assertThat(failed.detail()).contains("oops");
    assertThat(app.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void whatTheMatcherFailsAtEndsTheTaskAndIsJudgedAfterARestart(int use) {
    for (int i = 0; i < 4; i++) {
      app.event("" + i, "n" + i);
    }
    app.tick();
    app.loads.fetch("n0").brings(FILE);
    app.tick();
    for (int i = 1; i < 4; i++) {
      app.loads.fetch("n" + i).brings(FILE);
    }
    indexes.breakAfter(use);

    assertThatExceptionOfType(StreamsException.class)
        .isThrownBy(app::tick)
        .withStackTraceContaining(BrittleIndexes.MESSAGE);
    List<Verdict> verdicts = new ArrayList<>(app.verdicts());
    // Each image is looked for and then added.
    assertThat(verdicts).hasSize(1 + (use - 1) / 2);
    indexes.mend();
    app.restartWithStateLost(SETTINGS);
    app.tick();

    verdicts.addAll(app.verdicts());
    assertThat(verdicts).extracting(one -> one.event().offset()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(((DuplicateFound) verdicts.getLast()).matches())
        .extracting(match -> match.position())
        .containsExactly(0L, 1L, 2L);
    assertThat(app.log()).extracting(FingerprintRecord::position).containsExactly(0L, 1L, 2L, 3L);
    assertThat(app.pending()).isZero();
  }
}
