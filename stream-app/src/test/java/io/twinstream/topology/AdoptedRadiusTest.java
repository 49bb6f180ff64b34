package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twinstream.schema.Match;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import io.twinstream.schema.serde.EventCodec;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The app is told radius 4; pictures here are 8 bits apart from one to the next. */
@Timeout(60)
class AdoptedRadiusTest {
  private static final FetchSettings SETTINGS =
      TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 100);
  private static final EventCodec<ThresholdChange> CHANGE = EventCodec.json(ThresholdChange.class);
  private static final int OPTION = ScriptedLoads.THRESHOLD.radius();
  private static final String[] PICTURES = {
    "0000000000000000", "00000000000000ff", "000000000000ffff", "0000000000ffffff"
  };

  @TempDir private Path folder;
  private TopologyHarness app;

  @BeforeEach
  void judgeTwoThatAreNotAlike() {
    app = new TopologyHarness(folder, SETTINGS);
    judge(0);
    judge(1);
  }

  @AfterEach
  void stop() {
    app.close();
  }

  private Verdict judge(int picture) {
    app.event(Integer.toString(picture), "source");
    app.tick();
    app.loads.fetch("source").brings(PICTURES[picture]);
    app.tick();
    return app.verdicts().getLast();
  }

  private static Threshold within(int radius) {
    return new Threshold(ScriptedLoads.THRESHOLD.algorithm(), radius);
  }

  private List<TestRecord<byte[], byte[]>> logged() {
    return app.records(TopologyHarness.TOPICS.imageFingerprints());
  }

  @Test
  void whatCameBeforeIsJudgedByTheOldRadiusAndWhatComesAfterByTheNewOne() {
    app.adopt(within(8), "loose");
    DuplicateFound third = (DuplicateFound) judge(2);
    app.adopt(within(16), "looser");
    DuplicateFound fourth = (DuplicateFound) judge(3);
    app.adopt(within(7), "tight");
    Verdict firstAgain = judge(1);

    assertThat(third.thresholds()).containsExactly(within(8));
    assertThat(third.matches())
        .extracting(Match::id, Match::distance)
        .containsExactly(tuple("1", 8));
    assertThat(fourth.matches())
        .extracting(Match::id, Match::distance)
        .containsExactly(tuple("1", 16), tuple("2", 8));
    assertThat(firstAgain).isInstanceOf(Unique.class);
  }

  @Test
  void theLogSaysAtWhichPositionItChangedAndWhatHeldBefore() {
    app.adopt(within(8), "loose");
    judge(2);

    List<TestRecord<byte[], byte[]>> log = logged();
    assertThat(log).hasSize(4);
    assertThat(log.get(2).key()).isEqualTo(ThresholdChange.key());
    assertThat(CHANGE.read(log.get(2).value()))
        .isEqualTo(
            new ThresholdChange(2, within(8), within(OPTION), "loose", TopologyHarness.START));
  }

  @Test
  void aChangeThatComesTwiceWritesNothing() {
    app.adopt(within(8), "loose");
    logged();
    var before = app.changelogs();

    app.adopt(within(8), "loose");

    assertThat(logged()).isEmpty();
    assertThat(app.changelogs().toString()).isEqualTo(before.toString());
  }

  @Test
  void aThresholdOfAnotherAlgorithmIsNotAdopted() {
    logged();

    app.adopt(new Threshold("PDQ", 8), "other");

    assertThat(logged()).isEmpty();
    assertThat(judge(2)).isInstanceOf(Unique.class);
  }

  @Test
  void aTaskThatStartsAnewKeepsItWhateverItsOptionsSay() {
    app.adopt(within(8), "loose");

    app.restartWithin(0, SETTINGS);

    assertThat(judge(2)).isInstanceOf(DuplicateFound.class);
    assertThat(app.index().radius()).isEqualTo(8);
  }

  @Test
  void aTaskWhoseStoresAreRestoredFromTheirChangelogsKeepsIt() {
    app.adopt(within(8), "loose");
    judge(2);

    app.restartWithStateLost(SETTINGS);

    DuplicateFound fourth = (DuplicateFound) judge(3);
    assertThat(fourth.position()).isEqualTo(3);
    assertThat(fourth.thresholds()).containsExactly(within(8));
  }

  @Test
  void untilOneIsAdoptedTheOptionsHoldAndThenTheyDoNotEvenIfItIsTheSame() {
    app.restartWithin(8, SETTINGS);
    Verdict byOption = judge(2);
    logged();

    app.adopt(within(8), "the same");
    List<TestRecord<byte[], byte[]>> log = logged();
    app.restartWithin(0, SETTINGS);

    assertThat(byOption).isInstanceOf(DuplicateFound.class);
    assertThat(log)
        .singleElement()
        .satisfies(it -> assertThat(CHANGE.read(it.value()).before()).isEqualTo(within(8)));
    assertThat(judge(3)).isInstanceOf(DuplicateFound.class);
  }
}
