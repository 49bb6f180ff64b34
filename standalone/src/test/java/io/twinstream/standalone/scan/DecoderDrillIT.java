package io.twinstream.standalone.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
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
  private static final String HALTING = "halts its decoder.jpg";

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

  /** Writes what strangers send, and returns what is to be said of it: null where it is judged. */
  private static Map<String, FailureReason> writeOddFiles(Path to) throws Exception {
    byte[] huge = Pictures.png(102);
    // Width and height of a PNG file stand at 16 and 20.
    ByteBuffer.wrap(huge).putInt(16, 30_000).putInt(20, 30_000);
    byte[] lies = Pictures.encode(Pictures.paint(104), "bmp");
    ByteBuffer.wrap(lies).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 5_000).putInt(22, 5_000);
    Map<String, FailureReason> reasons = new HashMap<>();
    reasons.put(written(to, HALTING, Pictures.jpeg(101)), FailureReason.DECODER_CRASHED);
    reasons.put(written(to, "whole.png", Pictures.png(102)), null);
    reasons.put(written(to, "zeros behind.jpg", Arrays.copyOf(Pictures.jpeg(103), 200_000)), null);
    reasons.put(written(to, "called otherwise.jpg", Pictures.png(105)), null);
    reasons.put(written(to, "cut.jpg", half(Pictures.jpeg(106))), FailureReason.CORRUPT);
    reasons.put(written(to, "cut.png", half(Pictures.png(107))), FailureReason.CORRUPT);
    reasons.put(written(to, "huge.png", huge), FailureReason.TOO_MANY_PIXELS);
    reasons.put(written(to, "says more than it has.bmp", lies), FailureReason.CORRUPT);
    reasons.put(written(to, "empty.jpg", new byte[0]), FailureReason.NOT_AN_IMAGE);
    reasons.put(written(to, "text.jpg", "no picture".getBytes(UTF_8)), FailureReason.NOT_AN_IMAGE);
    reasons.put(written(to, "drawing.png", "<svg/>".getBytes(UTF_8)), FailureReason.NOT_AN_IMAGE);
    return reasons;
  }

  private static String written(Path to, String name, byte[] file) throws IOException {
    Files.write(to.resolve(name), file);
    return name;
  }

  private static byte[] half(byte[] file) {
    return Arrays.copyOf(file, file.length / 2);
  }

  @Test
  void ofOddFilesEachIsJudgedOrRefusedWithItsReasonThoughOneHaltsItsDecoder() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("odd"));
    Map<String, FailureReason> expected = writeOddFiles(odd);

    Command scan =
        Command.start(
            folder,
            Map.of("TWINSTREAM_DECODER_DRILL", "halt:" + sha256(odd.resolve(HALTING))),
            "scan",
            "--json",
            "--out",
            folder.resolve("out").toString(),
            odd.toString());

    assertThat(scan.await()).as(scan.errors()).isEqualTo(3);
    Map<String, FailureReason> reasons = new HashMap<>();
    for (Verdict verdict : Topic.read(folder.resolve("out/.data")).verdicts()) {
      reasons.put(
          Path.of(URI.create(verdict.image().source())).getFileName().toString(),
          verdict instanceof Verdict.DownloadFailed failed ? failed.reason() : null);
    }
    assertThat(reasons).isEqualTo(expected);
    JsonNode summary = new JsonMapper().readTree(scan.output());
    assertThat(summary.get("images").asInt()).isEqualTo(11);
    assertThat(summary.get("unique").asInt()).isEqualTo(3);
    assertThat(summary.get("failed").asInt()).isEqualTo(8);
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
