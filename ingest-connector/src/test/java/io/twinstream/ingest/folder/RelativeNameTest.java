package io.twinstream.ingest.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelativeNameTest {
  private static final List<String> NAMES =
      List.of(
          "a.jpg", "b/c d.png", "50%.gif", "%41", "x;y?z#", "back\\slash", "é/中.png", "~", "a+b");

  @Test
  void aNameIsTheSameWithAndWithoutALookAtTheFileSystem() {
    for (Path root : List.of(Path.of("/no/such folder"), Path.of("/"))) {
      for (String name : NAMES) {
        Path path = root.resolve(name);

        assertThat(RelativeName.of(root, root.toUri(), path).bytes())
            .isEqualTo(RelativeName.of(root.toUri(), path.toUri()).bytes())
            .isEqualTo(name.getBytes(UTF_8));
      }
    }
  }
}
