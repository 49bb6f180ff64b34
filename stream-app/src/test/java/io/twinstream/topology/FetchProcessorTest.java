package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a processor that is closed and begun again over the same rows can show. */
@Timeout(60)
class FetchProcessorTest {
  private static final ImageMetadata IMAGE =
      new ImageMetadata("default", "1", "test:a", Attributes.NONE);
  private static final String OLD = "0000000000000000";
  private static final String NEW = "ffffffffffffffff";

  private final ScriptedLoads loads = new ScriptedLoads();
  @TempDir private Path folder;
  private MockProcessorContext<ImageKey, Object> context;
  private KeyValueStore<Bytes, byte[]> rows;
  private FetchProcessor processor;

  @BeforeEach
  void begin() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 3), folder.toFile());
    context.setCurrentSystemTimeMs(1_000);
    rows = PendingStore.builder().withLoggingDisabled().build();
    rows.init(context.getStateStoreContext(), rows);
    processor =
        new FetchProcessor(
            TopologyHarness.settings(FetchOrder.ARRIVAL, 2, 10),
            loads.parts(() -> Instant.ofEpochMilli(1_000)),
            new SplittableRandom(1),
            "image-metadata");
    processor.init(context);
  }

  @AfterEach
  void end() {
    processor.close();
    rows.close();
    loads.close();
  }

  @Test
  void aResultThatCameBeforeTheProcessorWasClosedIsNotTakenForOneOfTheNextGeneration() {
    event(7);
    tick();
    loads.fetch("a").brings(OLD);
    processor.close();
    processor.init(context);
    tick();

    assertThat(context.forwarded()).isEmpty();

    loads.fetch("a").brings(NEW);
    tick();
    assertThat(results()).hasSize(1);
    FetchResult.Fingerprinted result = (FetchResult.Fingerprinted) results().getFirst();
    assertThat(result.event().toString()).isEqualTo("image-metadata-3@7");
    assertThat(result.fingerprint().hashes().getFirst().code().toHex()).isEqualTo(NEW);
  }

  @Test
  void closingCancelsWhatIsUnderWayAndLeavesTheRows() {
    event(7);
    tick();
    ScriptedLoads.Fetch underWay = loads.fetch("a");

    processor.close();

    underWay.awaitEnd();
    assertThat(new PendingStore(rows).find(IMAGE.key())).isNotEmpty();
    assertThat(context.forwarded()).isEmpty();
  }

  @Test
  void theNextGenerationHasItsWholeRoomHoweverMuchWasUnderWay() {
    event(7);
    event(8, "2", "b");
    tick();
    loads.fetch("a");
    loads.fetch("b");
    processor.close();
    processor.init(context);
    tick();

    loads.fetch("a").brings(OLD);
    loads.fetch("b").brings(NEW);
    tick();

    assertThat(results()).hasSize(2);
    try (KeyValueIterator<Bytes, byte[]> left = rows.all()) {
      assertThat(left.hasNext()).isFalse();
    }
  }

  private void event(long offset) {
    event(offset, "1", "a");
  }

  private void event(long offset, String id, String source) {
    ImageMetadata image = new ImageMetadata("default", id, "test:" + source, Attributes.NONE);
    context.setRecordMetadata("image-metadata", 3, offset);
    processor.process(new Record<>(image.key(), image, offset));
  }

  private void tick() {
    context.scheduledPunctuators().getLast().getPunctuator().punctuate(1_000);
  }

  private List<FetchResult> results() {
    return context.forwarded().stream().map(one -> (FetchResult) one.record().value()).toList();
  }
}
