package io.twinstream.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinstream.picture.BufferedLuma;
import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.Orientation;
import io.twinstream.schema.BinaryCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Against hashes that the reference implementation gave for photographs. It decodes and resizes in
 * its own way, so they differ by a few bits. Needs a folder with the photographs and a file {@code
 * pdq-reference.csv} with the columns file, hash and quality; {@code -Dtwinstream.images=FOLDER}
 * names it.
 */
class PdqReferenceTest {
  private static final int REFERENCE_SIDE = 512;
  private static final int SURE_QUALITY = 80;

  @Test
  void photographsHaveNearlyTheHashesOfTheReferenceImplementation() throws IOException {
    String folder = System.getProperty("twinstream.images", "");
    Path reference = Path.of(folder, "pdq-reference.csv");
    assumeTrue(!folder.isEmpty() && Files.exists(reference), "no folder with reference hashes");

    List<Integer> distances = new ArrayList<>();
    List<String> rows = Files.readAllLines(reference);
    for (String row : rows.subList(1, rows.size())) {
      List<String> cells = List.of(row.split(",", -1));
      if (Integer.parseInt(cells.get(2)) >= SURE_QUALITY) {
        GreyPicture picture = BufferedLuma.of(ImageIO.read(Path.of(folder, cells.get(0)).toFile()));
        Pdq pdq = new Pdq(asReferenceResizes(picture), Orientation.UPRIGHT);
        distances.add(
            pdq.code(Orientation.UPRIGHT).distance(BinaryCode.ofHex(cells.get(1), Pdq.BITS)));
      }
    }
    Collections.sort(distances);

    assertThat(distances).isNotEmpty();
    assertThat(distances.get((int) Math.ceil(0.95 * distances.size()) - 1))
        .as("95 of 100 distances, of %s", distances)
        .isLessThanOrEqualTo(10);
    assertThat(distances.getLast()).as("the largest distance").isLessThanOrEqualTo(31);
  }

  /** Pictures that are too large are squeezed into a square, by their nearest pixels. */
  private static GreyPicture asReferenceResizes(GreyPicture picture) {
    if (Math.max(picture.width(), picture.height()) <= REFERENCE_SIDE) {
      return picture;
    }
    return GreyPictures.of(
        REFERENCE_SIDE,
        REFERENCE_SIDE,
        (x, y) ->
            picture
                .luma()[
                y * picture.height() / REFERENCE_SIDE * picture.width()
                    + x * picture.width() / REFERENCE_SIDE]);
  }
}
