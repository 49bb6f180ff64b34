package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scan in which one picture ends its decoder, or takes it for ever. */
class DecoderDrillIT {
  private static final int IMAGES = 12;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"halt, decoder-crashed", "hang, decoder-timeout", "eat, decoder-crashed"})
  void allOtherPicturesAreJudged(String drill, String reason) throws Exception {
    Path pictures = paint();
    String bad = sha256(pictures.resolve("scene-05.jpg"));

    Command scan =
        Command.start(
            folder,
            Map.of("TWINSTREAM_DECODER_DRILL", drill + ":" + bad),
            "scan",
            "--json",
            "--decoder-timeout",
            "2",
            "--decoder-heap",
            "64",
            "--out",
            folder.resolve("out").toString(),
            pictures.toString());

    assertThat(scan.await()).as(scan.errors()).isEqualTo(3);
    JsonNode summary = new JsonMapper().readTree(scan.output());
    assertThat(summary.get("images").asInt()).isEqualTo(IMAGES);
    assertThat(summary.get("unique").asInt()).isEqualTo(IMAGES - 1);
    assertThat(summary.get("reasons").toString()).isEqualTo("{\"%s\":1}".formatted(reason));
    List<String> log = Files.readAllLines(folder.resolve("out/.data/logs/twinstream.log"));
    assertThat(log)
        .anyMatch(line -> line.contains("THIS IS A DRILL"))
        .anyMatch(line -> line.contains(bad) && line.contains("is given up"));
  }

  @Test
  void withoutDecodersOfItsOwnAScanFindsTheSame() throws Exception {
    Path pictures = paint();

    Command scan =
        Command.run(
            folder,
            "scan",
            "--json",
            "--in-process",
            "--out",
            folder.resolve("out").toString(),
            pictures.toString());

    assertThat(scan.exitCode()).as(scan.errors()).isZero();
    assertThat(new JsonMapper().readTree(scan.output()).get("unique").asInt()).isEqualTo(IMAGES);
    assertThat(Files.readString(folder.resolve("out/.data/logs/twinstream.log")))
        .doesNotContain("decoder-1");
  }

  private Path paint() throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int seed = 0; seed < IMAGES; seed++) {
      Files.write(
          pictures.resolve(String.format(Locale.ROOT, "scene-%02d.jpg", seed)),
          Pictures.jpeg(seed));
    }
    return pictures;
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
