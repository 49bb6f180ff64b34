package io.twinstream.standalone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.schema.Threshold;
import io.twinstream.standalone.engine.DataDirectory.KnownSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  private static final Threshold THRESHOLD = new Threshold("PerceptiveHash(256)", 12);
  private static final Map<String, String> CATS = Map.of("folder.path", "/cats");
  private static final Map<String, String> DOGS = Map.of("folder.path", "/dogs");

  @TempDir private Path folder;

  /** Tries to open a directory in a process of its own: its exit code says whether it could. */
  static final class Opener {
    static final int OPENED = 7;
    static final int IN_USE = 8;

    private Opener() {}

    public static void main(String[] args) {
      try (DataDirectory opened = DataDirectory.open(Path.of(args[0]))) {
        System.exit(opened.sources().isEmpty() ? OPENED : 1);
      } catch (BrokenException e) {
        System.exit(IN_USE);
      }
    }
  }

  @Test
  void aNewOneIsMadeAndHoldsNothing() {
    Path path = folder.resolve("new/data");

    try (DataDirectory data = DataDirectory.open(path)) {
      assertThat(data.path()).isEqualTo(path).isDirectory();
      assertThat(data.threshold()).isEmpty();
      assertThat(data.sources()).isEmpty();
    }
  }

  @Test
  void whatWasDecidedIsKept() {
    KnownSource cats;
    try (DataDirectory data = DataDirectory.open(folder)) {
      cats = data.register("cats", CATS);
      data.decide(THRESHOLD);
    }

    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.threshold()).contains(THRESHOLD);
      assertThat(data.sources()).containsExactly(cats);
    }
  }

  @Test
  void whatIsAdoptedHoldsFromThenOnAndTheFirstIsStillKnown() {
    Threshold adopted = new Threshold(THRESHOLD.algorithm(), 20);
    try (DataDirectory data = DataDirectory.open(folder)) {
      data.decide(THRESHOLD);
      data.adopt(adopted);
      data.register("cats", CATS);
      data.addRoot(folder);
    }

    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.threshold()).contains(adopted);
      assertThat(data.firstThreshold()).contains(THRESHOLD);
      assertThat(data.sources()).hasSize(1);
      assertThat(data.roots()).containsExactly(folder);
    }
  }

  @Test
  void aSourceKeepsItsNameAndAnotherOneGetsAFreeName() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      data.register("photos", CATS);
      data.register("photos", DOGS);
      data.register("photos", Map.of("folder.path", "/birds"));

      assertThat(data.register("photos", DOGS)).isEqualTo(new KnownSource("photos-2", DOGS));
      assertThat(data.register("another wish", CATS)).isEqualTo(new KnownSource("photos", CATS));
      assertThat(data.sources())
          .extracting(KnownSource::name)
          .containsExactly("photos", "photos-2", "photos-3");
    }
  }

  @Test
  void aNameThatLooksLikeANumberedOneStaysUnique() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      data.register("photos-2", CATS);
      data.register("photos", DOGS);

      assertThat(data.register("photos", Map.of("folder.path", "/birds")).name())
          .isEqualTo("photos-3");
    }
  }

  @Test
  void itCanNotBeOpenedTwiceInOneProcess() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThatExceptionOfType(BrokenException.class)
          .isThrownBy(() -> DataDirectory.open(data.path().resolve("../" + folder.getFileName())))
          .withMessageContaining(folder + " is in use by another twinstream");
    }
  }

  @Test
  void itCanNotBeOpenedByAnotherProcess() throws Exception {
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(openElsewhere(data.path())).isEqualTo(Opener.IN_USE);
    }

    assertThat(openElsewhere(folder)).isEqualTo(Opener.OPENED);
  }

  @Test
  void aSecondAttemptInThisProcessDoesNotGiveUpTheLock() throws Exception {
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThatExceptionOfType(BrokenException.class)
          .isThrownBy(() -> DataDirectory.open(data.path()));

      assertThat(openElsewhere(data.path())).isEqualTo(Opener.IN_USE);
    }
  }

  @Test
  void closingTwiceDoesNotGiveUpTheLockOfTheNextOne() {
    DataDirectory first = DataDirectory.open(folder);
    first.close();

    try (DataDirectory next = DataDirectory.open(folder)) {
      first.close();

      assertThatExceptionOfType(BrokenException.class)
          .isThrownBy(() -> DataDirectory.open(next.path()));
    }
  }

  @Test
  void aFolderOfSomethingElseIsRefusedAndStaysAsItWas() throws IOException {
    Files.writeString(folder.resolve("letter.txt"), "dear");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> DataDirectory.open(folder))
        .withMessage(folder + " holds files of something else; name another folder with --data");
    assertThat(folder).isDirectoryContaining("glob:**/letter.txt");
    assertThat(folder.resolve("lock")).doesNotExist();
  }

  @Test
  void aFileInItsPlaceIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("letter.txt"), "dear");

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> DataDirectory.open(file))
        .withMessage(file + " is no folder; name another one with --data");
  }

  @Test
  void whatAFirstStartThatWasKilledHasLeftIsNothingElse() throws IOException {
    Files.createDirectory(folder.resolve("logs"));
    Files.createFile(folder.resolve("lock"));
    Files.writeString(folder.resolve("twinstream.json.part"), "{\"vers");

    try (DataDirectory data = DataDirectory.open(folder)) {
      data.decide(THRESHOLD);
    }

    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.threshold()).contains(THRESHOLD);
    }
  }

  @Test
  void anotherVersionIsRefusedAsOftenAsItIsTried() throws IOException {
    Files.writeString(folder.resolve("twinstream.json"), "{\"version\":2}");

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> DataDirectory.open(folder))
          .withMessage(
              folder + " was written by another version of twinstream (2, this one reads 1)");
    }
  }

  @Test
  void fieldsThatANewerTwinstreamAddsAreNoObstacle() throws IOException {
    Files.writeString(folder.resolve("twinstream.json"), "{\"version\":1,\"colour\":\"red\"}");

    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.sources()).isEmpty();
    }
  }

  @Test
  void aBrokenFileOfDecisionsIsNamedAndLeavesTheFolderUnlocked() throws IOException {
    for (String content : List.of("", "null", "{\"version\":1")) {
      Files.writeString(folder.resolve("twinstream.json"), content);

      assertThatExceptionOfType(BrokenException.class)
          .isThrownBy(() -> DataDirectory.open(folder))
          .withMessageStartingWith("can't use the data directory " + folder);
    }
    Files.writeString(folder.resolve("twinstream.json"), "{\"version\":1}");

    DataDirectory.open(folder).close();
  }

  private static int openElsewhere(Path path) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                path.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
