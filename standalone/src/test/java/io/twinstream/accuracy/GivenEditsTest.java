package io.twinstream.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file was made of which. */
class GivenEditsTest {
  @TempDir private Path folder;

  @Test
  void editsAreFoundByPathWhateverTheirFormat() throws IOException {
    write("orig/a.jpg", "orig/deep/a.jpg", "grey/a.png", "grey/deep/a.webp", "blur/a.jpg");

    GivenEdits sut = new GivenEdits(folder);

    assertThat(sut.names()).containsExactly("blur", "grey");
    assertThat(of(sut, "a.jpg")).isEqualTo(Map.of("grey", "grey/a.png", "blur", "blur/a.jpg"));
    assertThat(of(sut, "deep/a.jpg"))
        .isEqualTo(Map.of("grey", "grey/deep/a.webp", "blur", "there is no such file"));
    assertThat(sut.unused()).isEmpty();
  }

  @Test
  void theVerySameNameGoesBeforeOneWithAnotherEnd() throws IOException {
    write("orig/a.png", "orig/b.v1.jpg", "grey/a.jpg", "grey/a.png", "grey/b.v1.gif");

    GivenEdits sut = new GivenEdits(folder);

    assertThat(of(sut, "a.png")).isEqualTo(Map.of("grey", "grey/a.png"));
    assertThat(of(sut, "b.v1.jpg")).isEqualTo(Map.of("grey", "grey/b.v1.gif"));
    assertThat(sut.unused()).containsExactly("grey: no original has the name of a.jpg (1 files)");
  }

  @Test
  void whatCouldBeMadeOfTwoOriginalsOrOfNoneIsLeftOutAndSaid() throws IOException {
    write("orig/a.jpg", "orig/a.png", "grey/a.webp", "grey/extra.jpg", "grey/.hidden");

    GivenEdits sut = new GivenEdits(folder);

    assertThat(of(sut, "a.jpg")).isEqualTo(Map.of("grey", "there is no such file"));
    assertThat(of(sut, "a.png")).isEqualTo(Map.of("grey", "there is no such file"));
    assertThat(sut.unused()).containsExactly("grey: no original has the name of a.webp (2 files)");
  }

  @Test
  void aFolderWithoutOriginalsOrWithoutEditsIsRefused() throws IOException {
    write("edits/a.jpg", "alone/orig/a.jpg");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GivenEdits(folder.resolve("edits")))
        .withMessageContaining("no folder orig");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GivenEdits(folder.resolve("alone")))
        .withMessageContaining("each edit needs one");
  }

  private void write(String... files) throws IOException {
    for (String file : files) {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, file);
    }
  }

  private Map<String, String> of(GivenEdits edits, String original) {
    Map<String, String> taken = new TreeMap<>();
    edits.of(
        folder.resolve(GivenEdits.ORIGINALS).resolve(original),
        new byte[0],
        new Edits.Taker() {
          @Override
          public void edited(String edit, byte[] file) {
            taken.put(edit, new String(file, StandardCharsets.UTF_8));
          }

          @Override
          public void missing(String edit, String reason) {
            taken.put(edit, reason);
          }
        });
    return taken;
  }
}
