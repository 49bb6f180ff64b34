package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {
  @Property
  void anEventIdIsReadAsItWasWritten(@ForAll("eventIds") EventId id) {
    assertThat(EventId.parse(id.toString())).isEqualTo(id);
  }

  @Test
  void theTopicMayHaveHyphens() {
    assertThat(EventId.parse("image-metadata-3@17"))
        .isEqualTo(new EventId("image-metadata", 3, 17))
        .hasToString("image-metadata-3@17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "t-1",
        "t@1",
        "-1@1",
        "t-@1",
        "t-1@",
        "t-1@-1",
        "t-+1@1",
        "t-01@1",
        "t-1@01",
        "t-1@1 ",
        "t-2147483648@1",
        "t-1@9223372036854775808"
      })
  void everyPlaceHasOneForm(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventId.parse(text))
        .withMessage("not an event id (topic-partition@offset): " + text);
  }

  @Test
  void placesThatNoTopicHasAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EventId("t", -1, 0))
        .withMessage("no place in a topic: \"t\", partition -1, offset 0");
    assertThatIllegalArgumentException().isThrownBy(() -> new EventId("t", 0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EventId("", 0, 0));
  }

  @Provide
  Arbitrary<EventId> eventIds() {
    return EventArbitraries.eventIds();
  }
}
