package io.twinstream.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.politeness.HostState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnavailableHostsTest {
  private static final List<HostState> HOSTS =
      List.of(host("c.example", true), host("a.example", true), host("b.example", false));

  @Test
  void theHostThatAllOthersWaitForComesFirstAndTheRestByName() {
    assertThat(Engine.unavailable(HOSTS, Optional.of("c.example")))
        .containsExactly("c.example", "a.example");
    assertThat(Engine.unavailable(HOSTS, Optional.empty()))
        .containsExactly("a.example", "c.example");
  }

  @Test
  void aHostThatAnswersIsNotNamedThoughItsImageIsTheOldest() {
    assertThat(Engine.unavailable(HOSTS, Optional.of("b.example")))
        .containsExactly("a.example", "c.example");
  }

  private static HostState host(String name, boolean open) {
    return new HostState(name, 0, Optional.empty(), open, false);
  }
}
