package io.twinstream.standalone.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Verdict;
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

  /** What strangers send, and what is to be said of it; files without a reason are judged. */
  private static Map<String, Odd> oddFiles() throws Exception {
    byte[] jpeg = Pictures.jpeg(101);
    byte[] png = Pictures.png(102);
    byte[] trailing = Arrays.copyOf(Pictures.jpeg(103), 200_000);
    byte[] huge = png.clone();
    // Width and height of a PNG file stand at 16 and 20.
    ByteBuffer.wrap(huge).putInt(16, 30_000).putInt(20, 30_000);
    byte[] lies = Pictures.encode(Pictures.paint(104), "bmp");
    ByteBuffer.wrap(lies).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 9_000).putInt(22, 5_000);
    return Map.ofEntries(
        Map.entry("halts its decoder.jpg", new Odd(jpeg, FailureReason.DECODER_CRASHED)),
        Map.entry("whole.png", new Odd(png, null)),
        Map.entry("zeros behind.jpg", new Odd(trailing, null)),
        Map.entry("called otherwise.jpg", new Odd(Pictures.png(105), null)),
        Map.entry(
            "cut.jpg",
            new Odd(Arrays.copyOf(Pictures.jpeg(106), jpeg.length / 2), FailureReason.CORRUPT)),
        Map.entry(
            "cut.png",
            new Odd(Arrays.copyOf(Pictures.png(107), png.length / 2), FailureReason.CORRUPT)),
        Map.entry("huge.png", new Odd(huge, FailureReason.TOO_MANY_PIXELS)),
        Map.entry("says more than it has.bmp", new Odd(lies, FailureReason.CORRUPT)),
        Map.entry("empty.jpg", new Odd(new byte[0], FailureReason.NOT_AN_IMAGE)),
        Map.entry("text.jpg", new Odd("no picture".getBytes(UTF_8), FailureReason.NOT_AN_IMAGE)),
        Map.entry("drawing.png", new Odd("<svg/>".getBytes(UTF_8), FailureReason.NOT_AN_IMAGE)));
  }

  private record Odd(byte[] file, FailureReason reason) {}

  @Test
  void ofOddFilesEachIsJudgedOrRefusedWithItsReasonThoughOneHaltsItsDecoder() throws Exception {
    Path pictures = Files.createDirectory(folder.resolve("odd"));
    Map<String, Odd> files = oddFiles();
    for (Map.Entry<String, Odd> file : files.entrySet()) {
      Files.write(pictures.resolve(file.getKey()), file.getValue().file());
    }

    Command scan =
        Command.start(
            folder,
            Map.of(
                "TWINSTREAM_DECODER_DRILL",
                "halt:" + sha256(pictures.resolve("halts its decoder.jpg"))),
            "scan",
            "--json",
            "--out",
            folder.resolve("out").toString(),
            pictures.toString());

    assertThat(scan.await()).as(scan.errors()).isEqualTo(3);
    Map<String, FailureReason> reasons = new HashMap<>();
    for (Verdict verdict : Topic.read(folder.resolve("out/.data")).verdicts()) {
      reasons.put(
          Path.of(URI.create(verdict.image().source())).getFileName().toString(),
          verdict instanceof Verdict.DownloadFailed failed ? failed.reason() : null);
    }
    Map<String, FailureReason> expected = new HashMap<>();
    files.forEach((name, odd) -> expected.put(name, odd.reason()));
    assertThat(reasons).isEqualTo(expected);
    JsonNode summary = new JsonMapper().readTree(scan.output());
    assertThat(summary.get("images").asInt()).isEqualTo(files.size());
    assertThat(summary.get("unique").asInt()).isEqualTo(3);
    assertThat(summary.get("failed").asInt()).isEqualTo(files.size() - 3);
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
