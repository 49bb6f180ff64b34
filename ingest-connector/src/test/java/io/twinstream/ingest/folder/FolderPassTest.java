package io.twinstream.ingest.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.Finding;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.Share;
import io.twinstream.ingest.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderPassTest {
  @TempDir private Path root;

  @Test
  void aFolderThatCanNotBeListedIsADeadLetterAndTheRestGoesOn() throws IOException {
    Files.createDirectory(root.resolve("locked"));
    Files.createFile(root.resolve("z.jpg"));
    Pass pass =
        pass(
            new Disk() {
              @Override
              List<Path> names(Path folder) throws IOException {
                if (folder.endsWith("locked")) {
                  throw new AccessDeniedException(folder.toString());
                }
                return super.names(folder);
              }
            });

    assertThat(told(pass)).containsExactly("locked: it can't be read: access is denied", "z.jpg");
    assertThat(pass.tally()).isEqualTo(new Tally(1, 0, 1));
  }

  @Test
  void aFileThatCanNotBeReadIsADeadLetterAndAVanishedOneIsSkipped() throws IOException {
    for (String name : List.of("gone", "locked", "z.jpg")) {
      Files.createFile(root.resolve(name));
    }
    Pass pass =
        pass(
            new Disk() {
              @Override
              byte[] head(Path file) throws IOException {
                throw file.endsWith("gone")
                    ? new NoSuchFileException(file.toString())
                    : new AccessDeniedException(file.toString());
              }
            });

    assertThat(told(pass)).containsExactly("locked: it can't be read: access is denied", "z.jpg");
    assertThat(pass.tally()).isEqualTo(new Tally(1, 1, 1));
  }

  @Test
  void whatVanishesAfterItWasListedIsSkipped() throws IOException {
    Path file = Files.createFile(root.resolve("a.jpg"));
    Path folder = Files.createDirectory(root.resolve("b"));
    Pass pass = pass(new Disk());
    Files.delete(file);
    Files.delete(folder);

    assertThat(told(pass)).isEmpty();
    assertThat(pass.tally()).isEqualTo(new Tally(0, 2, 0));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pipesAreSkippedWithoutBeingOpened() throws IOException, InterruptedException {
    Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe.jpg").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();

    Pass pass = pass(new Disk());

    assertThat(told(pass)).isEmpty();
    assertThat(pass.tally()).isEqualTo(new Tally(0, 1, 0));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aNameThatIsNotUtf8IsADeadLetterWithItsBytes() throws IOException, InterruptedException {
    Process touch =
        new ProcessBuilder("bash", "-c", "touch \"$1\"/$'caf\\xe9.jpg'", "-", root.toString())
            .start();
    assertThat(touch.waitFor()).isZero();

    Pass pass = pass(new Disk());
    Finding.Refused refused = (Finding.Refused) pass.next().orElseThrow();

    assertThat(refused.problem().message()).contains("not UTF-8");
    assertThat(refused.excerpt().bytes())
        .isEqualTo("caf\u00e9.jpg".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refused.place()).isEqualTo("caf\uFFFD.jpg");
  }

  @Test
  void onlyTheFoldersOnTheWayAreListed() throws IOException {
    for (String name : List.of("a", "b", "c")) {
      Files.createFile(Files.createDirectory(root.resolve(name)).resolve("x.jpg"));
    }
    List<Path> listed = new ArrayList<>();
    FolderWalk walk =
        new FolderWalk(
            new Disk() {
              @Override
              List<Path> names(Path folder) throws IOException {
                listed.add(root.relativize(folder));
                return super.names(folder);
              }
            },
            root,
            Set.of());

    walk.next();
    walk.next();

    assertThat(listed).containsExactly(Path.of(""), Path.of("a"));
  }

  private Pass pass(Disk disk) throws IOException {
    return new FolderSource(
            new Origin("p", "default", Map.of()),
            Share.WHOLE,
            () -> root,
            Set::of,
            disk,
            asked -> Map.of(),
            100)
        .open();
  }

  private static List<String> told(Pass pass) throws IOException {
    List<String> told = new ArrayList<>();
    for (Optional<Finding> next = pass.next(); next.isPresent(); next = pass.next()) {
      switch (next.get()) {
        case Finding.Image image -> told.add(image.place());
        case Finding.Refused refused ->
            told.add(refused.place() + ": " + refused.problem().message());
        case Finding.Nothing nothing -> {}
      }
    }
    return told;
  }
}
