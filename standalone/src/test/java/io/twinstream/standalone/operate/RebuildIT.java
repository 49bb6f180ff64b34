package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.twinstream.app.StreamApp;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.topology.FingerprintChangelogs;
import io.twinstream.topology.RefusedStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores that are written anew from the log, and the app over them, on a real broker. */
@Timeout(300)
class RebuildIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String OTHER = "PerceptiveHash(256)";
  private static final List<String> BOTH = List.of("PDQ", OTHER);
  private static final int IMAGES = 10;

  /** Positions are given one by one; the last was given to an image that is removed. */
  private static final long NEXT = IMAGES + 1;

  @TempDir private Path folder;
  private OperatedCluster cluster;
  private PolledServer server;

  @BeforeEach
  void judgeSome() throws Exception {
    cluster = new OperatedCluster(folder);
    server = new PolledServer(Duration.ZERO);
    started(BOTH);
    IntStream.range(0, IMAGES).forEach(i -> cluster.event("" + i, server.url(i % 7 + ".jpg")));
    awaitVerdicts(IMAGES);
    cluster.event("3", server.url("50.jpg"));
    awaitVerdicts(IMAGES + 1);
    cluster.removal("3");
    await()
        .atMost(PATIENCE)
        .until(() ->
            cluster.records(OperatedCluster.TOPICS.imageFingerprints()).stream()
                .anyMatch(record -> record.value() == null));
    cluster.stopApp();
  }

  @AfterEach
  void stop() {
    cluster.close();
    server.close();
  }

  private void started(List<String> hashes) {
    StreamApp app = start(hashes);
    await().atMost(PATIENCE).until(app::isRunning);
  }

  /** One that has failed gives its folder back a moment after it was stopped. */
  private StreamApp start(List<String> hashes) {
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .ignoreExceptionsInstanceOf(StreamsException.class)
        .until(() -> cluster.startApp(1, hashes), _ -> true);
  }

  private void awaitVerdicts(int count) {
    await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == count);
  }

  @Test
  void byAnotherAlgorithmIsMatchedOverStoresThatFollowAndNoPositionIsGivenTwice() {
    CommandRun lacking = cluster.run("rebuild", "--algorithm", "DifferenceHash(64)");
    assertThat(lacking.code()).isEqualTo(2);
    assertThat(lacking.err())
        .contains("9 of 9 images have no DifferenceHash(64)", "PDQ=9", "--more-hashes");
    CommandRun dry = cluster.run("rebuild", "--algorithm", OTHER, "--dry-run");
    assertThat(dry.out()).as(dry.err()).contains("All 9 images have " + OTHER);

    CommandRun run = cluster.run("rebuild", "--algorithm", OTHER);

    assertThat(run.code()).as(run.err()).isZero();
    // What is on its disk was left in order, and is not restored from the beginning.
    started(List.of(OTHER, "PDQ"));
    cluster.event("new", server.url("1.jpg"));
    cluster.event("gone", server.url("3.jpg"));
    awaitVerdicts(IMAGES + 3);
    DuplicateFound found = (DuplicateFound) verdict("new");
    assertThat(found.position()).isGreaterThanOrEqualTo(NEXT);
    assertThat(found.original().id()).isEqualTo("1");
    assertThat(found.matches()).extracting(it -> it.algorithm()).containsOnly(OTHER);
    assertThat(verdict("gone")).isInstanceOf(Verdict.Unique.class);
    assertThat(List.of(found.position(), ((Verdict.Unique) verdict("gone")).position()))
        .containsExactlyInAnyOrder(NEXT, NEXT + 1);
    CommandRun verified = cluster.run("verify");
    assertThat(verified.code()).as(verified.out()).isZero();

    CommandRun atWork = cluster.run("rebuild", "--algorithm", "PDQ");
    assertThat(atWork.code()).isEqualTo(2);
    assertThat(atWork.err()).contains("operated-1 at", "stop them first");
    cluster.stopApp();
    assertRefused(BOTH, "twinstream rebuild --algorithm \"PDQ\"");
  }

  @Test
  void oneThatWasCutOffKeepsInstancesFromStartingUntilItIsDoneAndThenNothingHasChanged()
      throws Exception {
    Map<String, String> before = stored();
    assertThat(before).hasSizeGreaterThan(2 * 9);
    boolean[] stop = {false};
    Progress progress = (what, _, _) -> stop[0] |= what.contains("take it out");
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() ->
            new StoreRebuild(
                    new KnownTopics(cluster.bootstrapServers(), () -> stop[0]),
                    OperatedCluster.TOPICS,
                    progress)
                .rebuild("PDQ"));
    assertThat(stored()).hasSizeLessThan(before.size());
    assertRefused(BOTH, "being rebuilt");
    loseState();

    CommandRun run = cluster.run("rebuild", "--algorithm", "PDQ");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(stored()).isEqualTo(before);
    started(BOTH);
    cluster.event("new", server.url("2.jpg"));
    awaitVerdicts(IMAGES + 2);
    assertThat(((DuplicateFound) verdict("new")).original().id()).isEqualTo("2");
    assertThat(((DuplicateFound) verdict("new")).position()).isEqualTo(NEXT);
    assertThat(cluster.run("verify").code()).isZero();
  }

  private void assertRefused(List<String> hashes, String said) {
    StreamApp app = start(hashes);
    Throwable failure = app.failed().orTimeout(90, TimeUnit.SECONDS).join();
    cluster.stopApp();
    assertThat(failure).isInstanceOf(RefusedStoreException.class).hasMessageContaining(said);
  }

  private Verdict verdict(String id) {
    return cluster.verdicts().stream()
        .filter(verdict -> verdict.image().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** What stores would have if they were restored now. */
  private Map<String, String> stored() {
    FingerprintChangelogs changelogs = new FingerprintChangelogs(OperatedCluster.TOPICS);
    Map<String, String> rows = new TreeMap<>();
    Stream.of(changelogs.fingerprints(), changelogs.images())
        .flatMap(topic -> cluster.records(topic).stream())
        .forEach(record -> {
          String key =
              "%s-%d %s"
                  .formatted(
                      record.topic(), record.partition(), HexFormat.of().formatHex(record.key()));
          if (record.value() == null) {
            rows.remove(key);
          } else {
            rows.put(key, HexFormat.of().formatHex(record.value()));
          }
        });
    return rows;
  }

  private void loseState() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
