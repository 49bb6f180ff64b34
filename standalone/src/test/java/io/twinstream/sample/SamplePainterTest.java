package io.twinstream.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstream.sample.PaintedSample.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplePainterTest {
  private static final Plan.Extent SMALL = new Plan.Extent(1, 9, 4);

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void copiesAreNearAndAllElseIsApart(long seed) throws IOException {
    paint(temp, seed);

    List<Pair> pairs = PaintedSample.read(temp).pairs();

    assertThat(pairs)
        .filteredOn(Pair::alike)
        .isNotEmpty()
        .allMatch(pair -> pair.distance() <= Gallery.NEAR_COPY);
    assertThat(pairs)
        .filteredOn(pair -> !pair.alike())
        .isNotEmpty()
        .allMatch(pair -> pair.distance() >= Gallery.APART);
  }

  @Test
  void theTruthSpeaksOfTheFilesThatAreThere() throws IOException {
    Sample summary = paint(temp, 3);

    PaintedSample sample = PaintedSample.read(temp);

    assertThat(sample.truth().get("version").asInt()).isEqualTo(1);
    assertThat(sample.truth().get("seed").asLong()).isEqualTo(3);
    assertThat(sample.truth().get("images").asInt())
        .isEqualTo(summary.images())
        .isEqualTo(sample.pictures().size());
    assertThat(sample.groups())
        .hasSize(summary.groups())
        .allMatch(members -> members.size() >= 2)
        .allMatch(members -> sample.pictures().keySet().containsAll(members));
    assertThat(sample.hardNegatives())
        .hasSize(summary.hardNegatives())
        .allMatch(pair -> sample.pictures().keySet().containsAll(pair));
    assertThat(summary.truth()).hasFileName("truth.json");
    assertThat(temp.resolve("README.txt")).content().contains("seed 3");
  }

  @Test
  void oneSeedGivesTheSameBytesEachTime() throws IOException {
    paint(temp.resolve("one"), 4);
    paint(temp.resolve("two"), 4);

    SortedMap<String, Path> one = PaintedSample.files(temp.resolve("one"));
    SortedMap<String, Path> two = PaintedSample.files(temp.resolve("two"));

    assertThat(two.keySet()).isEqualTo(one.keySet());
    one.forEach((path, file) -> assertThat(two.get(path)).hasSameBinaryContentAs(file));
  }

  @Test
  void progressRisesToTheTotal() throws IOException {
    List<Integer> heard = new ArrayList<>();

    Sample sample =
        new SamplePainter(5, new Plan.Extent(1, 2, 1))
            .paint(temp, (done, total) -> heard.add(100 * done / total));

    assertThat(heard).isSorted().hasSizeGreaterThanOrEqualTo(sample.images()).endsWith(100);
  }

  @Test
  void aFolderThatHoldsSomethingIsRefusedAndLeftAlone() throws IOException {
    Path mine = Files.writeString(temp.resolve("holiday.txt"), "mine");

    assertThatThrownBy(() -> paint(temp, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not empty");

    assertThat(mine).hasContent("mine");
    assertThat(temp).isDirectoryNotContaining(file -> !file.equals(mine));
  }

  @Test
  void aSampleThatWasInterruptedIsFinished() throws IOException {
    paint(temp.resolve("whole"), 6);
    SortedMap<String, Path> whole = PaintedSample.files(temp.resolve("whole"));
    Path half = temp.resolve("half");
    interrupt(half, 6);
    Path picture = half.resolve(whole.firstKey());
    Files.createDirectories(picture.getParent());
    Files.writeString(picture, "cut off");

    assertThatThrownBy(() -> paint(half, 7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("an unfinished sample of seed 6");
    paint(half, 6);

    SortedMap<String, Path> files = PaintedSample.files(half);
    assertThat(files.keySet()).isEqualTo(whole.keySet());
    whole.forEach((path, file) -> assertThat(files.get(path)).hasSameBinaryContentAs(file));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "mine");

    assertThatThrownBy(() -> paint(file, 1)).hasMessageContaining("is a file");
    assertThatThrownBy(() -> paint(file.resolve("below"), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("can't make the folder");
  }

  private static void interrupt(Path dir, long seed) {
    assertThatThrownBy(() ->
            new SamplePainter(seed, SMALL)
                .paint(
                    dir,
                    (done, total) -> {
                      throw new IllegalStateException("interrupted");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("interrupted");
  }

  private static Sample paint(Path dir, long seed) throws IOException {
    return new SamplePainter(seed, SMALL).paint(dir, (done, total) -> {});
  }
}
