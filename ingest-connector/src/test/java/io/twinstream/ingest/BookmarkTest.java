package io.twinstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookmarkTest {
  @Test
  void partitionsHaveOneOrderInEveryProcess() {
    Map<String, String> unordered = Map.of("source", "s", "path", "p", "z", "1", "a", "2");

    Bookmark bookmark = new Bookmark(unordered, Map.of());

    assertThat(List.copyOf(bookmark.partition().keySet()))
        .containsExactly("a", "path", "z", "source");
    assertThat(List.copyOf(Bookmark.inOrder(unordered).keySet()))
        .containsExactly("a", "path", "z", "source");
  }

  /** What is altered over REST passes through hash maps, and must be found again by its bytes. */
  @Test
  void partitionsHaveTheOrderThatConnectGivesToAlteredOnes() {
    for (String other : List.of("path", "task")) {
      Map<String, String> readByConnect = new HashMap<>();
      readByConnect.put("source", "s");
      readByConnect.put(other, "x");

      assertThat(List.copyOf(Bookmark.inOrder(readByConnect).keySet()))
          .isEqualTo(List.copyOf(readByConnect.keySet()));
    }
  }
}
