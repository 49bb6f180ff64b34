package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.index.LinearIndex;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import io.twinstream.schema.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ImageTopologyTest {
  private static final String FILE = "0000000000000000";

  @TempDir private Path folder;

  @Test
  void hasTheShapeThatRunningDeploymentsHave() throws IOException {
    String golden;
    try (InputStream in = getClass().getResourceAsStream("topology.txt")) {
      golden = new String(in.readAllBytes(), UTF_8);
    }

    String described;
    try (ScriptedLoads loads = new ScriptedLoads()) {
      described =
          ImageTopology.build(
                  new Topics("prefix."),
                  FetchSettings.DEFAULT,
                  ScriptedLoads.MATCHING,
                  loads.parts(InstantSource.system()),
                  new IndexBuilder(ScriptedLoads.MATCHING.threshold(), LinearIndex::new),
                  InstantSource.system())
              .describe()
              .toString();
    }

    assertThat(described)
        .as(
            """
            The topology has changed. Stores and their changelog topics hang on names and on which
            node is in which sub-topology: after a rename, or a node that moves, a running app
            starts with empty stores, and with them loses pending events and all positions. If the
            change is meant, say in docs/ how running deployments get over it, and then put the
            text below into src/test/resources/io/twinstream/topology/topology.txt.\
            """)
        .isEqualTo(golden);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void whatLeftAStoreLeavesItsChangelogWithinAWeek(StoreBuilder<?> store) {
    assertThat(store.logConfig()).containsEntry("max.compaction.lag.ms", "604800000");
  }

  static List<StoreBuilder<?>> stores() {
    return List.of(
        PendingStore.builder(),
        new IndexBuilder(ScriptedLoads.MATCHING.threshold(), LinearIndex::new).stores(),
        RocksDbFingerprintStore.builder(RocksDbFingerprintStore.IMAGES));
  }

  @Test
  void headersAndTimeOfAnEventAreCarriedToEveryRecordThatItMakes() {
    try (TopologyHarness app = harness()) {
      RecordHeaders headers = new RecordHeaders();
      headers.add("twinstream.place", "row 7".getBytes(UTF_8)).add("null", null);
      app.event("default", "1", "a", headers);
      app.tick();
      app.loads.fetch("a").failsForNow();
      app.tick();
      app.advance(Duration.ofSeconds(2));
      app.loads.fetch("a").brings(FILE);
      app.tick();

      for (String topic : List.of("unique", "image-state", "image-fingerprints")) {
        TestRecord<byte[], byte[]> record = app.records(topic).getFirst();
        assertThat(record.timestamp()).as(topic).isEqualTo(TopologyHarness.FIRST_EVENT_TIME);
        assertThat(record.headers()).as(topic).isEqualTo(headers);
        assertThat(record.key()).as(topic).isEqualTo("default/1".getBytes(UTF_8));
      }
    }
  }

  @Test
  void theLogGainsWhatIsAskedForLaterAtThePlaceThatTheImageHas() {
    try (TopologyHarness app = harness()) {
      load(app, "1", FILE);
      load(app, "2", FILE + " in another format");
      app.loads.digestPixels();
      app.log();

      load(app, "1", FILE);
      load(app, "2", FILE + " in another format");
      load(app, "2", FILE + " in another format");

      List<FingerprintRecord> log = app.log();
      assertThat(log).extracting(FingerprintRecord::position).containsExactly(0L, 1L);
      assertThat(log).noneMatch(record -> record.fingerprint().pixelsSha256().isEmpty());
      assertThat(log.getFirst().event().offset()).isEqualTo(2);
      assertThat(app.verdicts())
          .filteredOn(DuplicateFound.class::isInstance)
          .extracting(verdict -> ((DuplicateFound) verdict).original().kind())
          .containsExactly(Match.Kind.NEAR, Match.Kind.EXACT, Match.Kind.EXACT);
    }
  }

  private static void load(TopologyHarness app, String id, String file) {
    app.event(id, "source");
    app.tick();
    app.loads.fetch("source").brings(file);
    app.tick();
  }

  @Test
  void equalIdsInTwoCollectionsAreTwoImages() {
    try (TopologyHarness app = harness()) {
      app.event("one", "1", "a", new RecordHeaders());
      app.event("other", "1", "b", new RecordHeaders());
      app.tick();
      app.loads.fetch("a").brings(FILE);
      app.loads.fetch("b").brings(FILE);
      app.tick();

      assertThat(app.verdicts()).hasSize(2).allMatch(Unique.class::isInstance);
    }
  }

  @Test
  void awkwardNamesComeThroughUnchanged() {
    List<String> names = List.of("a/b", "%2F", "ä €😀", "..", "\u0000", " ", "a\nb", "{\"a\":1}");
    try (TopologyHarness app = harness()) {
      for (String collection : names) {
        for (String id : names) {
          app.event(collection, id, "x", new RecordHeaders());
          app.tick();
          app.loads.fetch("x").brings(FILE);
          app.tick();
        }
      }

      List<Verdict> verdicts = app.verdicts();
      assertThat(verdicts).hasSize(64);
      for (int i = 0; i < 64; i++) {
        Verdict verdict = verdicts.get(i);
        assertThat(verdict.image().collection()).isEqualTo(names.get(i / 8));
        assertThat(verdict.image().id()).isEqualTo(names.get(i % 8));
        if (i % 8 > 0) {
          assertThat(((DuplicateFound) verdict).original().id()).isEqualTo(names.getFirst());
        }
      }
    }
  }

  private TopologyHarness harness() {
    return new TopologyHarness(folder, TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 100));
  }
}
