package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Thumbnail;
import io.twinstream.schema.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an image's thumbnails do when it is replaced, removed, or can't be had any more. */
@Timeout(60)
class ThumbnailTopicTest {
  private static final String FILE = "00000000000000ff";
  private static final String WITH = FILE + ScriptedLoads.WITH_THUMBNAIL;

  @TempDir private Path folder;

  private TopologyHarness app;

  @AfterEach
  void close() {
    app.close();
  }

  @ParameterizedTest
  @EnumSource(FetchOrder.class)
  void aThumbnailIsWrittenWithItsImagesKeyAndTimeAndSaysWhatItWasMadeOf(FetchOrder order) {
    begin(order);
    RecordHeaders headers = new RecordHeaders();
    headers.add("twinstream.place", "row 7".getBytes(UTF_8));
    app.event("shop/7", "1", "a", headers);
    app.tick();

    app.loads.fetch("a").brings(WITH);
    app.tick();

    List<TestRecord<byte[], byte[]>> thumbnails = thumbnails();
    assertThat(thumbnails).hasSize(1);
    TestRecord<byte[], byte[]> record = thumbnails.getFirst();
    Verdict.Unique verdict = (Verdict.Unique) app.verdicts().getFirst();
    assertThat(record.value()).isEqualTo(WITH.getBytes(UTF_8));
    assertThat(record.key()).isEqualTo("shop%2F7/1".getBytes(UTF_8));
    assertThat(record.timestamp()).isEqualTo(TopologyHarness.FIRST_EVENT_TIME);
    assertThat(record.headers().toArray()).hasSize(1);
    assertThat(record.headers().lastHeader(Thumbnail.OF_HEADER).value())
        .isEqualTo(verdict.fingerprint().sha256().getBytes(UTF_8));
  }

  @ParameterizedTest
  @EnumSource(FetchOrder.class)
  void itIsReplacedWithTheImageAndGoesWithIt(FetchOrder order) {
    begin(order);
    load("a", WITH);
    load("b", WITH + "of another file");
    app.event("1", "c");
    app.tick();
    app.loads.fetch("c").fails(FailureReason.NOT_FOUND);
    app.tick();

    assertThat(thumbnails())
        .extracting(one -> new String(one.value(), UTF_8))
        .containsExactly(WITH, WITH + "of another file");

    remove();

    assertThat(thumbnails()).extracting(TestRecord::value).containsExactly((byte[]) null);
  }

  @ParameterizedTest
  @EnumSource(FetchOrder.class)
  void whereNoneAreMadeARemovalStillTakesAwayWhatWasMadeBefore(FetchOrder order) {
    begin(order);
    load("a", FILE);
    assertThat(thumbnails()).isEmpty();

    remove();

    assertThat(thumbnails()).extracting(TestRecord::value).containsExactly((byte[]) null);
  }

  private void begin(FetchOrder order) {
    app = new TopologyHarness(folder, TopologyHarness.settings(order, 4, 100));
  }

  private void load(String source, String file) {
    app.event("1", source);
    app.tick();
    app.loads.fetch(source).brings(file);
    app.tick();
  }

  /** In source order a result goes on at the tick after the one that it came in. */
  private void remove() {
    app.removal("1");
    app.tick();
    app.tick();
  }

  private List<TestRecord<byte[], byte[]>> thumbnails() {
    return app.records(TopologyHarness.TOPICS.imageThumbnails());
  }
}
