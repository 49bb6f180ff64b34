package io.twinstream.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Decodes every file below the folders that {@code -Dtwinstream.images} names, separated by commas.
 */
class FolderOfPicturesTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MAX_PIXELS = 50_000_000;

  @TestFactory
  Stream<DynamicTest> everyFileIsAPictureOrRefusedBeforeLong() {
    String folders = System.getProperty("twinstream.images");
    assumeTrue(folders != null, "no folder is named by -Dtwinstream.images");
    PictureDecoder decoder = new PictureDecoder(MAX_PIXELS);
    return Arrays.stream(folders.split(","))
        .flatMap(folder -> filesBelow(Path.of(folder)).stream())
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> decode(decoder, file)));
  }

  private static void decode(PictureDecoder decoder, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long before = System.nanoTime();
    String outcome;
    try {
      DecodedColours decoded = decoder.decodeColours(bytes, 256, 1);
      outcome = decoded.picture().header() + " " + decoded.picture().decoder();
    } catch (RefusedPictureException e) {
      assertThat(e.reason()).isNotEqualTo(FailureReason.INTERNAL_ERROR);
      outcome = e.reason() + ": " + e.getMessage();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).as(outcome).isLessThan(LIMIT);
    System.out.println(file.getFileName() + " " + outcome);
  }

  private static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
