package io.twinstream.examples.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.examples.Pictures;
import io.twinstream.examples.quarantine.Quarantine.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileQuarantineTest {
  private static final String IMAGE = "shop-7/4711";

  @TempDir private Path folder;
  private FileQuarantine quarantine;

  @BeforeEach
  void open() throws IOException {
    quarantine = new FileQuarantine(folder);
  }

  @Test
  void aDuplicateIsHeldAndFoundAfterARestart() throws Exception {
    assertThat(quarantine.obey(hold(5))).isEqualTo(Change.QUARANTINED);

    assertThat(new FileQuarantine(folder).find(IMAGE)).contains(hold(5));
  }

  @Test
  void theSameVerdictAgainChangesNoFile() throws Exception {
    quarantine.obey(hold(5));
    var before = Pictures.contentOf(folder);

    assertThat(quarantine.obey(hold(5))).isEqualTo(Change.NONE);
    assertThat(Pictures.contentOf(folder)).isEqualTo(before);
  }

  @Test
  void aNewerVerdictReleases() throws Exception {
    quarantine.obey(hold(5));

    assertThat(quarantine.obey(release(9))).isEqualTo(Change.RELEASED);
    assertThat(quarantine.find(IMAGE)).contains(release(9));
  }

  @Test
  void anOlderVerdictThatComesLateChangesNothing() throws Exception {
    quarantine.obey(release(10));

    // As text, 9 would come after 10.
    assertThat(quarantine.obey(hold(9))).isEqualTo(Change.NONE);
    assertThat(quarantine.find(IMAGE)).contains(release(10));
  }

  @Test
  void aNewerEventOfAHeldImageIsNotedButNoChange() throws Exception {
    quarantine.obey(hold(5));

    assertThat(quarantine.obey(hold(7))).isEqualTo(Change.NONE);
    assertThat(quarantine.obey(release(6))).isEqualTo(Change.NONE);
    assertThat(quarantine.find(IMAGE)).contains(hold(7));
  }

  @Test
  void everyOrderOfVerdictsEndsInTheNewest() throws Exception {
    List<Ruling> all = List.of(hold(1), release(2), hold(3), release(4));
    for (List<Ruling> order : permutations(all)) {
      FileQuarantine fresh = new FileQuarantine(Files.createTempDirectory(folder, "order"));

      for (Ruling ruling : order) {
        fresh.obey(ruling);
      }

      assertThat(fresh.find(IMAGE)).as("%s", order).contains(release(4));
    }
  }

  @Test
  void eventsOfTwoPartitionsAreRefused() throws Exception {
    quarantine.obey(hold(5));

    assertThatExceptionOfType(RefusedRecordException.class)
        .isThrownBy(
            () -> quarantine.obey(new Ruling.Release(IMAGE, new EventPlace("image-metadata-1", 6))))
        .withMessageContainingAll("image-metadata-0@5", "image-metadata-1@6", IMAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../etc/passwd", "a/b", "a/B", "a_/b", "../x", "%2F/ü", "a/\u0000", "con/nul"})
  void everyKeyHasAFileOfItsOwnInTheFolder(String image) throws Exception {
    quarantine.obey(hold(1));
    quarantine.obey(new Ruling.Release(image, new EventPlace("image-metadata-0", 2)));

    assertThat(quarantine.find(image).orElseThrow().image()).isEqualTo(image);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json"))).hasSize(2);
    }
  }

  @Test
  void theLongestKeyHasAFile() throws Exception {
    String image = "c/" + "ü".repeat(511);

    quarantine.obey(new Ruling.Release(image, new EventPlace("image-metadata-0", 2)));

    assertThat(quarantine.find(image)).isPresent();
  }

  @Test
  void aFileThatIsNoRulingIsNamed() throws Exception {
    quarantine.obey(hold(1));
    Path file = folder.resolve(Pictures.contentOf(folder).lastKey());
    Files.writeString(file, "mine now");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> quarantine.obey(release(2)))
        .withMessageContaining(file.getFileName().toString());
  }

  private static Ruling hold(long offset) {
    return new Ruling.Hold(
        IMAGE,
        new EventPlace("image-metadata-0", offset),
        "file:///pictures/4711.jpg",
        "4002",
        "near",
        5);
  }

  private static Ruling release(long offset) {
    return new Ruling.Release(IMAGE, new EventPlace("image-metadata-0", offset));
  }

  private static <T> List<List<T>> permutations(List<T> all) {
    if (all.isEmpty()) {
      return List.of(List.of());
    }
    return all.stream()
        .flatMap(first ->
            permutations(all.stream().filter(one -> !one.equals(first)).toList()).stream()
                .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList()))
        .toList();
  }
}
