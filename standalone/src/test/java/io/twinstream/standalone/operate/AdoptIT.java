package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.schema.Match;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.standalone.CommandRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another radius for a running app, which is told radius 40 whenever it starts. */
@Timeout(300)
class AdoptIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String OTHER = "PerceptiveHash(256)";
  private static final EventCodec<ThresholdChange> CHANGE = EventCodec.json(ThresholdChange.class);

  @TempDir private Path folder;
  private OperatedCluster cluster;
  private PolledServer server;

  @BeforeEach
  void judgeTwoThatAreAlike() throws Exception {
    cluster = new OperatedCluster(folder);
    server = new PolledServer(Duration.ZERO);
    start();
    judge("a", "1.jpg");
    judge("b", "patched/1.jpg");
    cluster.removal("b");
    await()
        .atMost(PATIENCE)
        .until(() -> logged().stream().anyMatch(record -> record.value() == null));
  }

  @AfterEach
  void stop() {
    cluster.close();
    server.close();
  }

  private void start() {
    var app = cluster.startApp(1, List.of("PDQ", OTHER));
    await().atMost(PATIENCE).until(app::isRunning);
  }

  private Verdict judge(String id, String picture) {
    cluster.event(id, server.url(picture));
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster.verdicts().stream()
                    .filter(verdict -> verdict.image().id().equals(id))
                    .findFirst(),
            found -> found.isPresent())
        .orElseThrow();
  }

  private List<ConsumerRecord<byte[], byte[]>> logged() {
    return cluster.records(OperatedCluster.TOPICS.imageFingerprints());
  }

  private Map<Integer, List<ThresholdChange>> changes() {
    return logged().stream()
        .filter(record -> ThresholdChange.isKey(record.key()))
        .collect(
            Collectors.groupingBy(
                ConsumerRecord::partition,
                Collectors.mapping(record -> CHANGE.read(record.value()), Collectors.toList())));
  }

  private CommandRun run(int code, String... args) {
    CommandRun run = cluster.run(args);
    assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
    return run;
  }

  private static List<String> matches(Verdict verdict) {
    return ((DuplicateFound) verdict).matches().stream().map(Match::id).toList();
  }

  @Test
  void theRadiusOfAReplayHoldsFromAPositionOnThroughRestartAndRebuildUntilItIsTakenBack() {
    run(0, "replay", "--run", "tight", "--radius", "0");
    CommandRun dry = run(0, "adopt", "tight", "--dry-run");
    assertThat(dry.out())
        .contains("Partition 0: radius 40 -> 0", "Partition 1: radius 40 -> 0")
        .contains("twinstream diff live tight", "Nothing was changed");
    assertThat(changes()).isEmpty();

    CommandRun adopted = run(0, "adopt", "tight");

    assertThat(adopted.out())
        .contains("matched within 0 bits from position 2 on")
        .contains("matched within 0 bits from position 0 on");
    assertThat(changes()).hasSize(2);
    assertThat(changes().values())
        .allSatisfy(changed -> {
          assertThat(changed).hasSize(1);
          assertThat(changed.getFirst().before()).isEqualTo(new Threshold("PDQ", 40));
          assertThat(changed.getFirst().run()).isEqualTo("tight");
        });
    assertThat(judge("c", "patched/1.jpg")).isInstanceOf(Unique.class);
    assertThat(run(0, "adopt", "tight").out()).contains("Partition 0: radius 0, which stays");
    assertThat(changes().values()).allSatisfy(changed -> assertThat(changed).hasSize(1));

    cluster.stopApp();
    run(0, "rebuild", "--algorithm", "PDQ");
    start();
    assertThat(matches(judge("d", "patched/1.jpg"))).containsExactly("c");
    run(0, "verify");

    cluster.stopApp();
    KnownTopics known = new KnownTopics(cluster.bootstrapServers());
    try (StandStill standStill = new StandStill(known, OperatedCluster.TOPICS.applicationId())) {
      standStill.awaitEnd();
    }
    assertThat(run(0, "adopt", "--undo").out())
        .contains("Partition 0: radius 0 -> 40", "No instance is at work");
    assertThat(run(0, "adopt", "--undo", "--dry-run").out())
        .contains("Partition 0: radius 40 -> 0");
    start();
    assertThat(matches(judge("e", "patched/1.jpg"))).containsExactly("a", "c", "d");
    assertThat(changes().values())
        .allSatisfy(changed ->
            assertThat(changed.getLast())
                .extracting(ThresholdChange::run, it -> it.threshold().radius())
                .containsExactly("live", 40));
    run(0, "verify");
  }

  @Test
  void whatCannotBeAdoptedIsRefusedAndNothingIsWritten() {
    run(0, "replay", "--run", "other", "--radius", "40", "--algorithm", OTHER);

    CommandRun other = run(2, "adopt", "other");
    CommandRun unknown = run(2, "adopt", "nothing");
    CommandRun undo = run(2, "adopt", "--undo");
    CommandRun both = run(2, "adopt", "other", "--undo");

    assertThat(other.err())
        .contains("by %s, and the app by PDQ".formatted(OTHER))
        .contains("twinstream rebuild --algorithm \"%s\"".formatted(OTHER));
    assertThat(unknown.err()).contains("there is no run nothing; there are: live, other");
    assertThat(undo.err()).contains("there is nothing to undo");
    assertThat(both.err()).contains("mutually exclusive");
    assertThat(changes()).isEmpty();
  }
}
