package io.twinstream.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FetchOutcome.Fetched;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FileFetcherTest {
  private static final byte[] PICTURE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  @TempDir private Path folder;
  private Path root;
  private Path outside;
  private FileFetcher fetcher;

  @BeforeEach
  void twoFoldersOfWhichOneMayBeRead() throws Exception {
    root = Files.createDirectory(folder.resolve("root"));
    outside = Files.createDirectory(folder.resolve("root-of-another"));
    fetcher = new FileFetcher(List.of(root), PICTURE.length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a b.jpg", "ä€😀.jpg", "a%20b.jpg", "a#b?c.jpg", "sub/a.jpg"})
  void readsAFileBelowARootWhateverItsName(String name) throws Exception {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, PICTURE);

    assertThat(fetched(file)).isEqualTo(PICTURE);
  }

  @Test
  void anEmptyFileIsFetchedWithNothingInIt() throws Exception {
    Path file = Files.createFile(root.resolve("empty"));

    assertThat(fetched(file)).isEmpty();
  }

  @Test
  void aFileBelowNoRootIsForbidden() throws Exception {
    Path file = Files.write(outside.resolve("a.jpg"), PICTURE);

    assertThat(failed(file).reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../root-of-another/a.jpg",
        "sub/../../root-of-another/a.jpg",
        "%2E%2E/root-of-another/a.jpg"
      })
  void twoDotsLeadOutOfNoRoot(String way) throws Exception {
    Files.createDirectory(root.resolve("sub"));
    Files.write(outside.resolve("a.jpg"), PICTURE);

    Failed failed = (Failed) Fetches.fetch(fetcher, root.toUri() + way);

    assertThat(failed.reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
  }

  @Test
  void linksOutOfTheRootAreForbiddenAndLinksWithinAreFollowed() throws Exception {
    Path inside = Files.write(root.resolve("a.jpg"), PICTURE);
    Path secret = Files.write(outside.resolve("a.jpg"), PICTURE);
    Path toInside = Files.createSymbolicLink(root.resolve("in"), inside);
    Path toSecret = Files.createSymbolicLink(root.resolve("out"), secret);
    Path toFolder = Files.createSymbolicLink(root.resolve("folder"), outside);

    assertThat(fetched(toInside)).isEqualTo(PICTURE);
    assertThat(failed(toSecret).reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
    assertThat(failed(toFolder.resolve("a.jpg")).reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
  }

  @Test
  void aRootMayBeALinkItself() throws Exception {
    Path file = Files.write(root.resolve("a.jpg"), PICTURE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), root);
    FileFetcher throughLink = new FileFetcher(List.of(link), PICTURE.length);

    assertThat(Fetches.fetch(throughLink, file.toUri().toString())).isInstanceOf(Fetched.class);
    assertThat(Fetches.fetch(throughLink, link.resolve("a.jpg").toUri().toString()))
        .isInstanceOf(Fetched.class);
  }

  @Test
  void aRootThatIsNotThereAllowsNothingAndForbidsNoOther() throws Exception {
    Path file = Files.write(root.resolve("a.jpg"), PICTURE);
    FileFetcher twoRoots = new FileFetcher(List.of(folder.resolve("nowhere"), root), 100);

    assertThat(Fetches.fetch(twoRoots, file.toUri().toString())).isInstanceOf(Fetched.class);
  }

  @Test
  void foldersAndPipesAreNoFiles() throws Exception {
    Path pipe = root.resolve("pipe");
    assumeTrue(makePipe(pipe), "this system has no named pipes");

    assertThat(failed(root).reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
    assertThat(failed(pipe).reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
  }

  @Test
  void aMissingFileIsNotFound() throws Exception {
    assertThat(failed(root.resolve("missing")).reason()).isEqualTo(FailureReason.NOT_FOUND);
    assertThat(failed(root.resolve("no/such/folder")).reason()).isEqualTo(FailureReason.NOT_FOUND);
  }

  @Test
  void aLinkToNowhereIsNotFound() throws Exception {
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("missing"));

    assertThat(failed(link).reason()).isEqualTo(FailureReason.NOT_FOUND);
  }

  @Test
  void ofWhatLiesElsewhereNobodyLearnsWhetherItIsThere() throws Exception {
    Files.write(outside.resolve("a.jpg"), PICTURE);
    Files.createSymbolicLink(root.resolve("there"), outside.resolve("a.jpg"));
    Files.createSymbolicLink(root.resolve("gone"), Path.of("../root-of-another/missing.jpg"));
    Files.createSymbolicLink(root.resolve("folder"), outside);

    for (Path path :
        List.of(
            outside.resolve("a.jpg"),
            outside.resolve("missing.jpg"),
            root.resolve("there"),
            root.resolve("gone"),
            root.resolve("folder/a.jpg"),
            root.resolve("folder/missing/a.jpg"))) {
      Failed failed = failed(path);
      assertThat(failed.reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
      assertThat(failed.detail())
          .isEqualTo(path + " is outside the folders that may be read (--root adds one)");
    }
  }

  @Test
  void whatIsOutsideAsItIsWrittenIsNotEvenLookedAt() throws Exception {
    Path file = Files.write(root.resolve("a.jpg"), PICTURE);
    Path alias = Files.createSymbolicLink(folder.resolve("alias"), file);

    assertThat(failed(alias).reason()).isEqualTo(FailureReason.FORBIDDEN_PATH);
  }

  @Test
  void whereNoMoreFilesCanBeOpenedAFileIsNotForbiddenButTriedAgain() throws Exception {
    Files.createDirectory(root.resolve("sub"));
    Path file = Files.write(root.resolve("sub/a.jpg"), PICTURE);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -n 100 && exec \"$0\" \"$@\"",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                FewFiles.class.getName(),
                root.toString(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    String outcomes = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(outcomes.lines())
        .hasSize(6)
        .contains("can't read %s: Too many open files".formatted(file))
        .endsWith("fetched")
        .allMatch(line -> line.equals("fetched") || line.startsWith("can't read"));
  }

  @Test
  void aFileWithoutPermissionIsDenied() throws Exception {
    Path file = Files.write(root.resolve("a.jpg"), PICTURE);
    assertThat(file.toFile().setReadable(false, false)).isTrue();
    assumeFalse(Files.isReadable(file), "this user reads everything");

    assertThat(failed(file).reason()).isEqualTo(FailureReason.ACCESS_DENIED);
  }

  @Test
  void oneByteTooManyIsTooLarge() throws Exception {
    Path file = Files.write(root.resolve("a.jpg"), new byte[PICTURE.length + 1]);

    Failed failed = failed(file);

    assertThat(failed.reason()).isEqualTo(FailureReason.TOO_LARGE);
    assertThat(failed.detail()).contains("10 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:relative.jpg",
        "file://host/a.jpg",
        "file:///a%00b.jpg",
        "file:///a b",
        "file:///a?b",
        "file:///a#b",
        "file:///%zz",
        "file:"
      })
  void whatIsNoAddressOfALocalFileIsNoSource(String source) throws InterruptedException {
    Failed failed = (Failed) Fetches.fetch(fetcher, source);

    assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_SOURCE);
  }

  @Test
  void aFileThatBecomesALinkWhileItIsOpenedIsForbidden() throws Exception {
    Path secret = Files.write(outside.resolve("a.jpg"), PICTURE);
    Path file = Files.write(root.resolve("a.jpg"), PICTURE);
    FileRoots roots = new FileRoots(List.of(root), () -> replaceByLink(file, secret));

    assertThatExceptionOfType(ForbiddenPathException.class).isThrownBy(() -> roots.open(file));
  }

  @Test
  void aFolderThatBecomesALinkWhileAFileIsOpenedIsForbidden() throws Exception {
    Files.write(outside.resolve("a.jpg"), PICTURE);
    Path within = Files.createDirectory(root.resolve("within"));
    Path file = Files.write(within.resolve("a.jpg"), PICTURE);
    FileRoots roots =
        new FileRoots(
            List.of(root),
            () -> {
              file.toFile().delete();
              replaceByLink(within, outside);
            });

    assertThatExceptionOfType(ForbiddenPathException.class).isThrownBy(() -> roots.open(file));
  }

  @Test
  void aFileThatBecomesAPipeWhileItIsOpenedIsForbidden() throws Exception {
    Path file = Files.write(root.resolve("a.jpg"), PICTURE);
    Path pipe = root.resolve("pipe");
    assumeTrue(makePipe(pipe), "this system has no named pipes");
    FileRoots roots = new FileRoots(List.of(root), () -> pipe.toFile().renameTo(file.toFile()));

    assertThatExceptionOfType(ForbiddenPathException.class).isThrownBy(() -> roots.open(file));
  }

  private static void replaceByLink(Path path, Path target) {
    try {
      Files.delete(path);
      Files.createSymbolicLink(path, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] fetched(Path file) throws InterruptedException {
    FetchOutcome outcome = Fetches.fetch(fetcher, file.toUri().toString());
    if (outcome instanceof Fetched fetched) {
      return fetched.bytes();
    }
    throw new AssertionError("not fetched: " + outcome);
  }

  private Failed failed(Path file) throws InterruptedException {
    Failed failed = (Failed) Fetches.fetch(fetcher, file.toUri().toString());
    assertThat(failed.retry()).isNotEqualTo(FailureReason.Retry.BY_ITSELF);
    return failed;
  }

  private static boolean makePipe(Path pipe) throws InterruptedException {
    try {
      Process process = new ProcessBuilder("mkfifo", pipe.toString()).start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
