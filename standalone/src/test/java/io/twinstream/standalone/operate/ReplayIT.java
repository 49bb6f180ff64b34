package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.MatchSettings;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.replay.LogRange;
import io.twinstream.standalone.replay.Replay;
import io.twinstream.standalone.replay.ReplayRequest;
import io.twinstream.standalone.replay.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replays of a log on a real broker, without an instance of the app. */
@Timeout(180)
class ReplayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BITS = 256;
  private static final int IMAGES = 2_600;
  private static final int REMOVED = 130;
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);

  @TempDir private Path folder;
  private OperatedCluster cluster;
  private final Random random = new Random(7);
  private long position;

  @BeforeEach
  void start() {
    cluster = new OperatedCluster(folder);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /** Families of ten; of every twentieth image the bytes are replaced, and one is removed. */
  private void writeLog() {
    byte[] family = new byte[BITS / 8];
    for (int number = 0; number < IMAGES; number++) {
      if (number % 10 == 0) {
        random.nextBytes(family);
      }
      log("i" + number, noisy(family), Instant.EPOCH.plusSeconds(number));
      if (number % 20 == 7) {
        log("i" + (number - 3), noisy(family), Instant.EPOCH.plusSeconds(number));
        cluster.send(
            new ProducerRecord<>(
                OperatedCluster.TOPICS.imageFingerprints(), 0, key("i" + (number - 5)), null));
      }
    }
    cluster.send(
        new ProducerRecord<>(
            OperatedCluster.TOPICS.imageFingerprints(),
            0,
            ThresholdChange.key(),
            "{\"something\":\"else\"}".getBytes(UTF_8)));
  }

  private byte[] noisy(byte[] code) {
    byte[] copy = code.clone();
    for (int flips = random.nextInt(24); flips > 0; flips--) {
      copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return copy;
  }

  private static byte[] key(String id) {
    return ImageKeySerde.write(new ImageKey("default", id));
  }

  private void log(String id, byte[] code, Instant time) {
    long place = position++;
    FingerprintRecord record =
        new FingerprintRecord(
            place,
            new EventId(OperatedCluster.TOPICS.imageMetadata(), 0, place),
            new ImageMetadata("default", id, "http://example.org/" + id, Attributes.NONE),
            new Fingerprint(
                "%064x".formatted(place),
                9,
                "png",
                9,
                9,
                90,
                List.of(new PerceptualHash("PDQ", BinaryCode.ofBytes(code, BITS)))));
    cluster.send(
        new ProducerRecord<>(
            OperatedCluster.TOPICS.imageFingerprints(),
            0,
            time.toEpochMilli(),
            key(id),
            LOGGED.write(record)));
  }

  private List<Verdict> verdicts(String run) {
    return Stream.of("unique", "duplicate-found")
        .flatMap(topic -> cluster.records(run + "." + topic).stream())
        .map(record -> VERDICT.read(record.value()))
        .toList();
  }

  private void assertRight(String run) {
    CommandRun verified = cluster.run("verify", "--run", run);
    assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
  }

  @Test
  void anEmptyLogAndAnAlgorithmThatNobodyHasAreRefusedAndLeaveNothingBehind() {
    CommandRun empty = cluster.run("replay", "--run", "tight", "--radius", "8");
    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("has no images");
    log("one", new byte[BITS / 8], Instant.EPOCH);

    CommandRun other =
        cluster.run(
            "replay", "--run", "tight", "--radius", "8", "--algorithm", "PerceptiveHash(256)");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("1 of 1 images have no PerceptiveHash(256)", "{PDQ=1}");
    List.of(
            List.of("--run", "live", "--radius", "8"),
            List.of("--run", "Not_one", "--radius", "8"),
            List.of("--run", "tight"),
            List.of("--run", "tight", "--radius", "257"),
            List.of(
                "--run",
                "tight",
                "--radius",
                "1",
                "--from",
                "2026-05-04T10:20:30Z",
                "--until",
                "2026-05-04T10:20:30Z"))
        .forEach(options -> {
          List<String> line = new ArrayList<>(List.of("replay"));
          line.addAll(options);
          CommandRun refused = cluster.run(line.toArray(String[]::new));
          assertThat(refused.code()).as("%s", options).isEqualTo(2);
          assertThat(refused.err()).as("%s", options).isNotBlank().doesNotContain("Exception");
        });

    assertThat(cluster.run("runs").out()).contains("There are no replays");
  }

  @Test
  void oneThatWasStoppedIsGoneOnWithAndNothingIsLeftOutOrRepeated() {
    writeLog();
    stopAfterTheFirst("tight", 20);
    int before = verdicts("tight").size();
    assertThat(before).isBetween(1, IMAGES - REMOVED - 1);
    assertThat(cluster.run("runs").out()).contains("tight: PDQ at radius 20", "not done");
    assertThat(cluster.run("replay", "--run", "tight", "--radius", "21").err())
        .contains("was begun with other options (PDQ at radius 20)");

    CommandRun again = cluster.run("replay", "--run", "tight", "--radius", "20");

    assertThat(again.out())
        .as(again.err())
        .contains("Went on where it was stopped", "2,470 images");
    assertThat(verdicts("tight")).hasSize(IMAGES - REMOVED);
    assertRight("tight");
    CommandRun inUse = cluster.run("replay", "--run", "tight", "--radius", "20");
    assertThat(inUse.code()).isEqualTo(2);
    assertThat(inUse.err()).contains("run tight is in use", "runs delete tight");

    assertThat(cluster.run("runs", "delete", "tight").code()).isZero();
    assertThat(cluster.run("runs").out()).contains("There are no replays");
    assertThat(cluster.run("runs", "delete", "tight").code()).isEqualTo(2);
    assertThat(cluster.run("replay", "--run", "tight", "--radius", "255").out())
        .contains("That is too wide: the largest group has 2,470 of 2,470 images");
  }

  @Test
  void aLogThatHasLostImagesSinceItWasBegunIsReplayedFromTheBeginning() throws Exception {
    writeLog();
    letRecordsBeDeleted();
    stopAfterTheFirst("late", 9);
    // As compaction does with what was replaced after the replay's end.
    cluster.expire(new EventId(OperatedCluster.TOPICS.imageFingerprints(), 0, 40));

    CommandRun again = cluster.run("replay", "--run", "late", "--radius", "9");

    assertThat(again.out()).as(again.err()).contains("Begun anew");
    assertRight("late");
  }

  private void letRecordsBeDeleted() throws Exception {
    ConfigResource log =
        new ConfigResource(ConfigResource.Type.TOPIC, OperatedCluster.TOPICS.imageFingerprints());
    ConfigEntry policy = new ConfigEntry(TopicConfig.CLEANUP_POLICY_CONFIG, "delete");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      admin
          .incrementalAlterConfigs(
              Map.of(log, List.of(new AlterConfigOp(policy, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  /** Stops it when some of its verdicts are there, and not all. */
  private void stopAfterTheFirst(String run, int radius) {
    AtomicBoolean stopped = new AtomicBoolean();
    KnownTopics known = new KnownTopics(cluster.bootstrapServers(), stopped::get);
    ReplayRequest slow =
        new ReplayRequest(
            run,
            new MatchSettings(new Threshold("PDQ", radius), Orientations.ALL, Views.ALL),
            LogRange.ALL,
            150);
    try (Runs runs = new Runs(known, OperatedCluster.TOPICS)) {
      CompletableFuture<Replay.Outcome> replayed =
          CompletableFuture.supplyAsync(() -> new Replay(runs, slow, Progress.NONE).run());
      await().atMost(PATIENCE).ignoreExceptions().until(() -> verdicts(run).size() > 100);
      stopped.set(true);
      assertThatThrownBy(replayed::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(StoppedException.class);
    }
  }

  @Test
  void aRangeOfTimeIsJudgedAgainstWhatIsOlderAndAsIfNothingHadComeSince() {
    writeLog();

    CommandRun run =
        cluster.run(
            "replay",
            "--run",
            "part",
            "--radius",
            "30",
            "--from",
            Instant.EPOCH.plusSeconds(1_000).toString(),
            "--until",
            Instant.EPOCH.plusSeconds(1_005).toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(verdicts("part"))
        .extracting(verdict -> verdict.image().id())
        .containsExactlyInAnyOrder("i1000", "i1001", "i1002", "i1003", "i1004");
    assertRight("part");
  }

  @Test
  void aSweepTellsOfEachRadiusWhatAReplayFinds() {
    writeLog();
    CommandRun replayed = cluster.run("replay", "--run", "at", "--radius", "24");
    assertThat(replayed.code()).as(replayed.err()).isZero();
    long duplicates =
        verdicts("at").stream().filter(Verdict.DuplicateFound.class::isInstance).count();

    CommandRun swept =
        cluster.run(
            "sweep",
            "--radius",
            "0..48",
            "--step",
            "8",
            "--output",
            folder.resolve("out").toString());

    assertThat(swept.code()).as(swept.err()).isZero();
    assertThat(swept.out().lines())
        .anyMatch(line -> line.strip().startsWith("24 ") && line.contains(grouped(duplicates)));
    assertThat(folder.resolve("out/sweep.csv")).content().contains("24," + duplicates + ",");
    assertThat(folder.resolve("out/sweep.svg")).content().startsWith("<svg");
    List.of(List.of("--radius", "5"), List.of("--radius", "9..8"), List.of("--radius", "0..300"))
        .forEach(options -> {
          List<String> line = new ArrayList<>(List.of("sweep"));
          line.addAll(options);
          assertThat(cluster.run(line.toArray(String[]::new)).code()).isEqualTo(2);
        });
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
