package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class PendingEventTest {
  private static final Headers NONE = new RecordHeaders();
  private static final ImageMetadata IMAGE =
      new ImageMetadata("a/b", "ä €😀/%2F", "https://x/y", Attributes.ofTexts(Map.of("k", "v")));

  @Test
  void comesBackFromItsBytes() {
    Headers headers = new RecordHeaders();
    headers.add("twice", "1".getBytes(UTF_8)).add("twice", "2".getBytes(UTF_8));
    headers.add("null", null).add("empty", new byte[0]).add("ключ", new byte[] {-1});
    PendingEvent event =
        new PendingEvent(7, IMAGE.key(), IMAGE, 8, headers, 6, 2, 9, Optional.empty());

    assertThat(PendingEvent.ofBytes(event.toBytes(), 0)).isEqualTo(event);
  }

  @Test
  void aRemovalComesBackWithoutAnImage() {
    PendingEvent removal =
        new PendingEvent(
            0, new ImageKey("c", "i"), null, 0, new RecordHeaders(), 0, 0, 0, Optional.empty());

    assertThat(PendingEvent.ofBytes(removal.toBytes(), 0)).isEqualTo(removal);
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
        new PendingEvent(
            offset, IMAGE.key(), IMAGE, timestamp, headers, 6, attempts, dueAt, Optional.empty());

    assertThat(PendingEvent.ofBytes(event.toBytes(), 0)).isEqualTo(event);
  }

  @Test
  void aHeaderMayHaveANameAsLongAsHeadersMayBe() {
    Headers headers =
        new RecordHeaders().add("\0".repeat(ParseProcessor.MAX_HEADER_BYTES), new byte[] {1});
    PendingEvent event =
        new PendingEvent(7, IMAGE.key(), IMAGE, 8, headers, 6, 2, 9, Optional.empty());

    assertThat(PendingEvent.ofBytes(event.toBytes(), 0)).isEqualTo(event);
  }

  @Test
  void anotherTryIsCountedHasItsTimeAndBeginsAtTheSource() {
    PendingEvent event =
        new PendingEvent(7, IMAGE.key(), IMAGE, 8, NONE, 6, 2, 9, Optional.empty());
    PendingEvent.Moved there = new PendingEvent.Moved("https://z/ä", 3);

    PendingEvent moved = event.movedTo(there, 20);
    assertThat(moved.address()).isEqualTo("https://z/ä");
    assertThat(moved.redirects()).isEqualTo(3);
    assertThat(moved.attempts()).isEqualTo(2);
    assertThat(PendingEvent.ofBytes(moved.toBytes(), 0)).isEqualTo(moved);

    assertThat(moved.triedAgainAt(50))
        .isEqualTo(new PendingEvent(7, IMAGE.key(), IMAGE, 8, NONE, 6, 3, 50, Optional.empty()));
  }
}
