package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentTest {
  @Test
  void saysWhoAsksAndWhereToComplain() {
    assertThat(new UserAgent("1.2", Optional.of("mailto:crawl@example.org")))
        .hasToString("twinstream/1.2 (+mailto:crawl@example.org)");
    assertThat(new UserAgent("1.2", Optional.empty())).hasToString("twinstream/1.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\r\nX: b", "a(b", "a)b", "ä", "a\u0000", "a\\b"})
  void whatCannotStandInAHeaderIsRefused(String contact) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UserAgent("1", Optional.of(contact)))
        .withMessageContaining("a contact is an address in ASCII");
  }
}
