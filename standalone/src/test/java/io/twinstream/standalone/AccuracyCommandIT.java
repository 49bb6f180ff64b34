package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.edit.Encoding;
import io.twinstream.edit.Retouch;
import io.twinstream.sample.scene.Kind;
import io.twinstream.sample.scene.Scene;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command over painted pictures. */
class AccuracyCommandIT {
  private static final int PICTURES = 52;

  @TempDir private static Path painted;
  @TempDir private Path folder;

  @BeforeAll
  static void paint() {
    IntStream.range(0, PICTURES).parallel().forEach(AccuracyCommandIT::paint);
  }

  private static void paint(int number) {
    Kind[] kinds = Kind.values();
    BufferedImage scene =
        Retouch.resize(0.5, 0.5)
            .apply(new Scene(kinds[number % kinds.length], number, 1000 + number).paint());
    write(painted.resolve("%02d.jpg".formatted(number)), scene, new Encoding.Jpeg(90));
  }

  private static void write(Path file, BufferedImage image, Encoding encoding) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, encoding.encode(image));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsFoundAndWhatWronglyIsMeasuredAndHiddenDuplicatesAndBadFilesAreNamed()
      throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    for (int i = 0; i < PICTURES; i++) {
      Files.copy(picture(i), photos.resolve(picture(i).getFileName()));
    }
    BufferedImage first = Encoding.decode(Files.readAllBytes(picture(0)));
    write(photos.resolve("hidden.png"), Retouch.crop(0.07).apply(first), new Encoding.Plain("png"));
    write(photos.resolve("icon.png"), scaledTo(first, 40), new Encoding.Plain("png"));
    Files.writeString(photos.resolve("notes.jpg"), "no picture");

    CommandRun run = run("accuracy", photos.toString(), "--json");

    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.WITH_FAILURES);
    assertThat(run.err()).contains("Edited");
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("problems").toString()).contains("notes.jpg");
    assertThat(json.get("missing").toString()).contains("quarter: too small");
    assertThat(json.get("lookalikes").findValuesAsText("name")).contains("hidden.png", "icon.png");
    JsonNode best = json.get("configurations").get(0);
    assertThat(best.get("configuration").asText()).isEqualTo("PDQ, orientations all, views all");
    int distinct = json.get("distinct").asInt();
    assertThat(best.get("pairs").asInt()).isEqualTo(distinct * (distinct - 1) / 2);
    assertThat(best.get("false_pairs").asInt()).isZero();
    assertThat(best.get("recall")).hasSize(31);
    for (String edit : List.of("jpeg-30", "png", "webp", "gif", "half", "mirror", "half-turn")) {
      assertThat(best.get("recall").get(edit).asDouble()).as(edit).isGreaterThan(0.9);
    }
    JsonNode plain = json.get("configurations").get(4);
    assertThat(plain.get("configuration").asText()).endsWith("orientations none, views none");
    assertThat(plain.get("recall").get("mirror").asDouble()).isLessThan(0.2);
    assertThat(best.get("mean_recall").asDouble())
        .isGreaterThan(plain.get("mean_recall").asDouble());
    Path out = folder.resolve("out");
    assertThat(out.resolve("accuracy.json")).content().isEqualTo(run.out());
    assertThat(Files.readAllLines(out.resolve("accuracy.csv")).getFirst())
        .startsWith("configuration,radius,false_pairs,pairs,")
        .contains(",crop-20,");
    assertThat(out.resolve("accuracy.svg")).content().startsWith("<svg").contains("polyline");
  }

  @Test
  void editsThatAreGivenAreMeasuredByTheirNames() throws IOException {
    Path edits = folder.resolve("edits");
    for (int i = 0; i < PICTURES; i++) {
      copy(picture(i), edits.resolve("orig"), "%02d.jpg".formatted(i));
      copy(picture(i), edits.resolve("same"), "%02d.jpg".formatted(i));
      copy(picture((i + 1) % PICTURES), edits.resolve("other"), "%02d.jpeg".formatted(i));
      if (i % 2 == 0) {
        copy(picture(i), edits.resolve("some"), "%02d.jpg".formatted(i));
      }
    }

    CommandRun run = run("accuracy", "--edits", edits.toString(), "--json", "--distinct");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    JsonNode best = json.get("configurations").get(0);
    assertThat(best.get("pairs").asInt()).isEqualTo(PICTURES * (PICTURES - 1) / 2);
    assertThat(best.get("recall").get("same").asDouble()).isEqualTo(1);
    assertThat(best.get("recall").get("some").asDouble()).isEqualTo(1);
    assertThat(best.get("recall").get("other").asDouble()).isLessThan(0.1);
    assertThat(best.get("mean_recall").asDouble()).isCloseTo(2 / 3.0, within(0.04));
    assertThat(json.get("missing").toString()).contains("some: there is no such file (26 times)");
  }

  @Test
  void tooFewPicturesSayNothing() throws IOException {
    copy(picture(1), folder.resolve("few"), "1.jpg");

    CommandRun run = run("accuracy", folder.resolve("few").toString());

    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("few has 1 pictures", "at least 50");
  }

  @Test
  void whatIsMissingIsSaid() throws IOException {
    Files.createDirectories(folder.resolve("edits/orig"));

    assertThat(run("accuracy").err()).contains("name a folder of distinct photographs");
    assertThat(run("accuracy", folder.resolve("nowhere").toString()).err())
        .contains("there is no folder");
    assertThat(run("accuracy", "--edits", folder.toString()).err()).contains("no folder orig");
    assertThat(run("accuracy", "--edits", folder.resolve("edits").toString()).err())
        .contains("each edit needs one");
  }

  @Test
  void lookAlikesThatArePaintedHaveAReportOfTheirOwn() throws IOException {
    Path made = folder.resolve("made");

    CommandRun run = run("accuracy", "--make-hard-negatives", made.toString(), "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode kinds = new ObjectMapper().readTree(run.out()).get("kinds");
    assertThat(kinds.findValuesAsText("kind"))
        .contains("frames", "slides", "packages", "text-pages");
    for (JsonNode kind : kinds) {
      assertThat(kind.get("pairs").asInt()).isEqualTo(66);
      assertThat(kind.get("nearest").asInt()).isBetween(0, 256);
      assertThat(kind.get("within").get("loose").asInt())
          .isGreaterThanOrEqualTo(kind.get("within").get("strict").asInt());
    }
    assertThat(made.resolve("slides/00.jpg")).exists();
    assertThat(folder.resolve("out/hard-negatives.json")).exists();
    assertThat(run("accuracy", "--hard-negatives", made.toString()).out())
        .startsWith("| kind | configuration |");
  }

  private static BufferedImage scaledTo(BufferedImage image, int side) {
    double factor = (double) side / Math.min(image.getWidth(), image.getHeight());
    return Retouch.resize(factor, factor).apply(image);
  }

  private static Path picture(int number) {
    return painted.resolve("%02d.jpg".formatted(number));
  }

  private static void copy(Path file, Path to, String name) throws IOException {
    Files.copy(file, Files.createDirectories(to).resolve(name));
  }

  private CommandRun run(String command, String... args) {
    String[] all = new String[args.length + 3];
    all[0] = command;
    System.arraycopy(args, 0, all, 1, args.length);
    all[args.length + 1] = "--out";
    all[args.length + 2] = folder.resolve("out").toString();
    return CommandRun.of(all);
  }
}
