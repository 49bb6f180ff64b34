package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.topology.Promises.Answered;
import io.twinstream.topology.StoryRun.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.utils.Utils;

/** What the app promises, whatever comes, in whatever order it goes on, and whatever breaks. */
class PromisesTest {
  private static final FetchSettings SOURCE = TopologyHarness.settings(FetchOrder.SOURCE, 4, 6);
  private static final FetchSettings ARRIVAL = TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 6);

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
  void inSourceOrderAllIsAsIfOneEventHadComeAfterTheOther(
      @ForAll("storiesWithoutHosts") List<Step> story) throws IOException {
    play(
        story,
        List.of(SOURCE),
        run -> {},
        run -> {
          List<Answered> answers = Promises.answers(run);
          assertThat(answers).extracting(Answered::offset).isSorted();
          assertThat(answers)
              .allSatisfy(answer ->
                  assertThat(
                          answer.told().failed()
                              ? Optional.of(answer.told().words())
                              : Optional.empty())
                      .isEqualTo(
                          answer.input() instanceof Input.Event event
                              ? Promises.failure(event.image().loads())
                              : Optional.empty()));
          Promises.assertKept(run, answers);
        });
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
  void inArrivalOrderOnlyTheNewestEventOfAnImageIsWorkedOn(@ForAll("stories") List<Step> story)
      throws IOException {
    play(
        story,
        List.of(ARRIVAL),
        Promises::assertOneAtATime,
        run -> Promises.assertKept(run, Promises.answers(run)));
  }

  @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
  void theOrderMayChangeWithEveryRestart(@ForAll("stories") List<Step> story) throws IOException {
    play(
        story,
        List.of(SOURCE, ARRIVAL),
        run -> {},
        run -> Promises.assertKept(run, Promises.answers(run)));
  }

  private interface Look {
    void at(StoryRun run);
  }

  private static void play(
      List<Step> story, List<FetchSettings> settings, Look afterEachStep, Look atTheEnd)
      throws IOException {
    Path folder = Files.createTempDirectory("promises");
    try (StoryRun run = new StoryRun(folder, settings)) {
      for (Step step : story) {
        run.play(step);
        afterEachStep.at(run);
      }
      run.drain();
      atTheEnd.at(run);
    } finally {
      Utils.delete(folder.toFile());
    }
  }

  @Provide
  Arbitrary<List<Step>> storiesWithoutHosts() {
    return Step.stories("");
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    return Step.stories("", "slow.example", "busy.example");
  }
}
