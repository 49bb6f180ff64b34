package io.twinstream.catalog.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplacedFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsMadeWithItsFolders() throws IOException {
    Path file = folder.resolve("new/folders/report");

    ReplacedFile.write(file, out -> out.write("ä"));

    assertThat(file).hasContent("ä");
    assertThat(file.getParent()).isDirectoryContaining("glob:**/report");
    assertThat(file.getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void theOldContentIsThereUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "old and long");
    StringBuilder seen = new StringBuilder();

    ReplacedFile.write(
        file,
        out -> {
          out.write("new");
          out.flush();
          seen.append(Files.readString(file));
        });

    assertThat(seen).hasToString("old and long");
    assertThat(file).hasContent("new");
  }

  @Test
  void anOldFileStaysWhereTheNewOneCanNotBeFinished() throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "old");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ReplacedFile.write(file, ReplacedFileTest::breakOff))
        .withMessage(file + ": no space left");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void whatIsLeftOfABrokenOffWriteIsWrittenOver() throws IOException {
    Files.writeString(folder.resolve(".report.part"), "half of a report that was long");

    ReplacedFile.write(folder.resolve("report"), out -> out.write("new"));

    assertThat(folder.resolve("report")).hasContent("new");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("out"), "no folder");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ReplacedFile.write(file.resolve("report"), out -> out.write("new")))
        .withMessage(file + " is in the way, which is no folder");
    assertThat(file).hasContent("no folder");
  }

  @Test
  void aFolderInPlaceOfTheFileIsNamed() throws IOException {
    Path inTheWay = Files.createDirectory(folder.resolve("report"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ReplacedFile.write(inTheWay, out -> out.write("new")))
        .withMessage(inTheWay + " is a folder");
    assertThat(inTheWay).isEmptyDirectory();
  }

  @Test
  void aFolderThatMayNotBeWrittenToIsNamedAndTheOldFileStays() throws IOException {
    Path file = Files.writeString(folder.resolve("report"), "old");
    assumeThat(folder.toFile().setWritable(false)).isTrue();
    try {
      // An administrator may write anyway.
      assumeThat(Files.isWritable(folder)).isFalse();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> ReplacedFile.write(file, out -> out.write("new")))
          .withMessageStartingWith("access to " + folder)
          .withMessageEndingWith("is denied");
      assertThat(file).hasContent("old");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }

  private static void breakOff(Writer out) throws IOException {
    out.write("half");
    out.flush();
    throw new IOException("no space left");
  }
}
