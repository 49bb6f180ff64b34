package io.twinstream.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinstream.schema.serde.EventCodec;
import org.junit.jupiter.api.Test;

class SourceProgressTest {
  private static final EventCodec<SourceProgress> CODEC = EventCodec.json(SourceProgress.class);

  @Test
  void aRecordThatSaysNothingOfTasksIsOfTheOnlyOne() {
    String released =
        "{\"version\":1,\"source\":\"p\",\"published\":4,\"skipped\":3,\"unreadable\":2,"
            + "\"complete\":true}";

    assertThat(CODEC.read(released.getBytes(UTF_8)))
        .isEqualTo(new SourceProgress("p", 4, 3, 2, true));
  }

  @Test
  void whoKnowsNothingOfTasksNeverTakesAShareForTheWhole() {
    SourceProgress share = SourceProgress.ofShare("p", 4, 3, 2, 1, 2, true);

    assertThat(new String(CODEC.write(share), UTF_8))
        .contains("\"complete\":false", "\"taskComplete\":true");
  }

  @Test
  void tasksCountFromZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SourceProgress.ofShare("p", 0, 0, 0, 2, 2, false))
        .withMessageContaining("no task 2 of 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SourceProgress("p", 0, 0, 0, true, 0, 2, true))
        .withMessageContaining("none can say so alone");
  }
}
