package io.twinstream.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.MatchSettings;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.standalone.replay.LogRange;
import io.twinstream.standalone.replay.Replay;
import io.twinstream.standalone.replay.ReplayRequest;
import io.twinstream.standalone.replay.Runs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running app, a real replay, and the example that reads both. */
class LatestVerdictsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void aReplaysVerdictHoldsUntilTheImageIsJudgedAgainOrRemoved() throws Exception {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    Pictures painter = new Pictures(pictures);
    painter.paint("one.jpg", 1);
    painter.paint("two.jpg", 2);
    painter.paint("three.jpg", 3);
    try (RunningTwinstream twinstream = RunningTwinstream.start(folder, pictures)) {
      String cluster = twinstream.bootstrapServers();
      send(cluster, pictures, "one", "two", "three");
      awaitLines(cluster, 3);
      // Everything is like everything.
      replay(cluster, 256);

      assertThat(latest(cluster, "all"))
          .containsOnlyOnce("\tunique\tall\t")
          .contains("\tduplicate-found\tall\t")
          .doesNotContain("live");

      send(cluster, pictures, "two");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(latest(cluster, "all")).contains("album/two\tunique\tlive\t"));
      try (var producer =
          new KafkaProducer<>(
              Map.<String, Object>of("bootstrap.servers", cluster),
              new StringSerializer(),
              new StringSerializer())) {
        producer.send(new ProducerRecord<>("image-metadata", "album/three", null)).get();
      }
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(latest(cluster, "all")).doesNotContain("three\t"));
    }
  }

  private static void send(String cluster, Path pictures, String... ids) throws Exception {
    for (String id : ids) {
      TenLineProducer.main(
          cluster, "image-metadata", "album", id + "=" + pictures.resolve(id + ".jpg").toUri());
    }
  }

  private static void replay(String cluster, int radius) {
    KnownTopics known = new KnownTopics(cluster, () -> false);
    try (Runs runs = new Runs(known, new Topics(""))) {
      var _ =
          new Replay(
                  runs,
                  new ReplayRequest(
                      "all",
                      new MatchSettings(new Threshold("PDQ", radius), Orientations.ALL, Views.ALL),
                      LogRange.ALL,
                      0),
                  Progress.NONE)
              .run();
    }
  }

  private static void awaitLines(String cluster, int count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(latest(cluster).lines()).hasSize(count));
  }

  private static String latest(String cluster, String... runs) throws Exception {
    String[] args = new String[runs.length + 1];
    args[0] = cluster;
    System.arraycopy(runs, 0, args, 1, runs.length);
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, UTF_8));
    try {
      LatestVerdicts.main(args);
    } finally {
      System.setOut(before);
    }
    return out.toString(UTF_8);
  }
}
