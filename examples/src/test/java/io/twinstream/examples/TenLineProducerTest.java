package io.twinstream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.serde.EventCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TenLineProducerTest {
  @Test
  void itsEventsAreThoseOfTheContract() throws Exception {
    var record = TenLineProducer.event("topic", "a/50%", "x/y%2F.jpg", "https://example.org/1");

    assertThat(ImageKey.parse(record.key())).isEqualTo(new ImageKey("a/50%", "x/y%2F.jpg"));
    assertThat(
            EventCodec.json(ImageMetadata.class)
                .read(record.value().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new ImageMetadata("a/50%", "x/y%2F.jpg", "https://example.org/1", Attributes.NONE));
  }
}
