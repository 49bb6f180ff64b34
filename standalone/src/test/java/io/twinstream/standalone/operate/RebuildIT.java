package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.twinstream.app.StreamApp;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.engine.RefusedException;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);

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
    assertThat(found.matches()).extracting(it -> it.id()).contains("1");
    assertThat(found.matches()).extracting(it -> it.algorithm()).containsOnly(OTHER);
    assertThat(verdict("gone")).isInstanceOf(Verdict.Unique.class);
    assertThat(List.of(found.position(), ((Verdict.Unique) verdict("gone")).position()))
        .containsExactlyInAnyOrder(NEXT, NEXT + 1);
    CommandRun verified = cluster.run("verify");
    assertThat(verified.code()).as(verified.out()).isZero();

    CommandRun dryAtWork = cluster.run("rebuild", "--algorithm", "PDQ", "--dry-run");
    assertThat(dryAtWork.code()).as(dryAtWork.err()).isZero();
    assertThat(dryAtWork.out()).contains("All 11 images have PDQ", "stopped first: operated-1 at");
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

  @Test
  void anInstanceThatStartsBeforeTheFirstChangeGoesOnAndNothingHasChanged() {
    boolean[] begun = {false};
    Progress progress =
        (what, _, _) -> {
          if (!begun[0]) {
            begun[0] = true;
            started(BOTH);
            cluster.event("meanwhile", server.url("60.jpg"));
            awaitVerdicts(IMAGES + 2);
          }
        };

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> rebuild(progress))
        .withMessageContaining("operated-1 at");

    assertThat(marks()).noneMatch(it -> FingerprintChangelogs.isBeingRebuilt(it.value()));
    assertThat(nextPosition(marks().getLast())).isEqualTo(NEXT + 1);
  }

  @Test
  void marksThatAreTakenBackTellNoPositionThatAnInstanceHasGivenMeanwhile() {
    ConsumerRecord<byte[], byte[]> logged =
        cluster.records(OperatedCluster.TOPICS.imageFingerprints()).stream()
            .filter(record -> record.value() != null)
            .findFirst()
            .orElseThrow();
    ConsumerRecord<byte[], byte[]> mark = marks().getLast();
    FingerprintChangelogs changelogs = new FingerprintChangelogs(OperatedCluster.TOPICS);
    int[] step = {0};
    // What an instance does that isn't in the group just when that is asked for its members.
    Progress progress =
        (what, done, of) -> {
          if (done < of) {
            return;
          }
          if (step[0] == 0 && what.contains("for their marks")) {
            step[0]++;
            cluster.send(again(logged, logged.key(), logged.value()));
          } else if (step[0] == 1 && what.contains("fingerprint log")) {
            step[0]++;
            cluster.send(lackingOther(logged, NEXT + 4));
          } else if (step[0] == 2 && what.contains("for their marks")) {
            step[0]++;
            cluster.send(changelogs.complete(mark.partition(), NEXT + 8, "PDQ"));
          }
        };

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> rebuild(progress))
        .withMessageContaining("1 of 10 images have no " + OTHER);

    assertThat(marks()).anyMatch(it -> FingerprintChangelogs.isBeingRebuilt(it.value()));
    assertThat(marks().getLast().value())
        .isEqualTo(changelogs.complete(mark.partition(), NEXT + 8, "PDQ").value());
    started(BOTH);
    cluster.event("new", server.url("60.jpg"));
    awaitVerdicts(IMAGES + 2);
    assertThat(((Verdict.Unique) verdict("new")).position()).isEqualTo(NEXT + 8);
  }

  private void rebuild(Progress progress) {
    new StoreRebuild(
            new KnownTopics(cluster.bootstrapServers(), () -> false),
            OperatedCluster.TOPICS,
            progress)
        .rebuild(OTHER);
  }

  /** Of the partition with all images; the other one has none left. */
  private List<ConsumerRecord<byte[], byte[]>> marks() {
    int all = cluster.records(OperatedCluster.TOPICS.imageFingerprints()).getFirst().partition();
    return cluster
        .records(new FingerprintChangelogs(OperatedCluster.TOPICS).fingerprints())
        .stream()
        .filter(record -> record.partition() == all && FingerprintChangelogs.isMark(record.key()))
        .toList();
  }

  private static long nextPosition(ConsumerRecord<byte[], byte[]> mark) {
    return FingerprintChangelogs.nextPosition(mark.value()).orElseThrow();
  }

  private static ProducerRecord<byte[], byte[]> lackingOther(
      ConsumerRecord<byte[], byte[]> logged, long position) {
    FingerprintRecord record = LOGGED.read(logged.value());
    Fingerprint whole = record.fingerprint();
    Fingerprint lacking =
        new Fingerprint(
            whole.sha256(),
            whole.bytes(),
            whole.format(),
            whole.width(),
            whole.height(),
            whole.quality(),
            whole.hashes().stream().filter(it -> !it.algorithm().equals(OTHER)).toList());
    return again(
        logged,
        ImageKeySerde.write(new ImageKey("default", "lacking")),
        LOGGED.write(new FingerprintRecord(position, record.event(), record.image(), lacking)));
  }

  private static ProducerRecord<byte[], byte[]> again(
      ConsumerRecord<byte[], byte[]> logged, byte[] key, byte[] value) {
    return new ProducerRecord<>(logged.topic(), logged.partition(), key, value);
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
