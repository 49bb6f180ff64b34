package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PendingEventTest {
  private static final ImageMetadata IMAGE =
      new ImageMetadata("a/b", "ä €😀/%2F", "https://x/y", Attributes.ofTexts(Map.of("k", "v")));

  @Test
  void comesBackFromItsBytes() {
    Headers headers = new RecordHeaders();
    headers.add("twice", "1".getBytes(UTF_8)).add("twice", "2".getBytes(UTF_8));
    headers.add("null", null).add("empty", new byte[0]).add("ключ", new byte[] {-1});
    PendingEvent event = new PendingEvent(7, IMAGE.key(), IMAGE, 8, headers, 2, 9);

    assertThat(PendingEvent.ofBytes(event.toBytes())).isEqualTo(event);
  }

  @Test
  void aRemovalComesBackWithoutAnImage() {
    PendingEvent removal =
        new PendingEvent(0, new ImageKey("c", "i"), null, 0, new RecordHeaders(), 0, 0);

    assertThat(PendingEvent.ofBytes(removal.toBytes())).isEqualTo(removal);
  }

  @Property(tries = 100)
  void numbersAndHeadersOfAnySizeComeBack(
      @ForAll long offset,
      @ForAll long timestamp,
      @ForAll int attempts,
      @ForAll long dueAt,
      @ForAll byte @NotEmpty [] value) {
    Headers headers = new RecordHeaders().add("h", value);
    PendingEvent event =
        new PendingEvent(offset, IMAGE.key(), IMAGE, timestamp, headers, attempts, dueAt);

    assertThat(PendingEvent.ofBytes(event.toBytes())).isEqualTo(event);
  }

  @Test
  void aHeaderMayHaveANameAsLongAsHeadersMayBe() {
    Headers headers =
        new RecordHeaders().add("\0".repeat(ImageMetadata.MAX_HEADER_BYTES), new byte[] {1});
    PendingEvent event = new PendingEvent(7, IMAGE.key(), IMAGE, 8, headers, 2, 9);

    assertThat(PendingEvent.ofBytes(event.toBytes())).isEqualTo(event);
  }

  @Test
  void anotherTryIsCountedAndHasItsTime() {
    PendingEvent event = new PendingEvent(7, IMAGE.key(), IMAGE, 8, new RecordHeaders(), 2, 9);

    assertThat(event.triedAgainAt(50))
        .isEqualTo(new PendingEvent(7, IMAGE.key(), IMAGE, 8, new RecordHeaders(), 3, 50));
  }
}
