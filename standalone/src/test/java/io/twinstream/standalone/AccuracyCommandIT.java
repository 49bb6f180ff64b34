package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonProcessingException;
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
    JsonNode json = json(run);
    assertThat(json.get("problems").toString()).contains("notes.jpg");
    assertThat(json.get("missing").toString()).contains("quarter: less than 32 pixels");
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
    JsonNode json = json(run);
    JsonNode best = json.get("configurations").get(0);
    assertThat(best.get("pairs").asInt()).isEqualTo(PICTURES * (PICTURES - 1) / 2);
    assertThat(best.get("recall").get("same").asDouble()).isEqualTo(1);
    assertThat(best.get("recall").get("some").asDouble()).isEqualTo(1);
    assertThat(best.get("recall").get("other").asDouble()).isLessThan(0.1);
    assertThat(best.get("mean_recall").asDouble()).isCloseTo(2 / 3.0, within(0.04));
    assertThat(json.get("missing").toString()).contains("some: there is no such file (26 times)");
  }

  @Test
  void cropsThatDontKeepTheMiddleAreMadeInsteadWhenAskedFor() {
    CommandRun run = run("accuracy", painted.toString(), "--off-centre", "--distinct", "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode recall = json(run).get("configurations").get(0).get("recall");
    assertThat(recall.fieldNames())
        .toIterable()
        .containsExactly(
            "corner-5",
            "corner-10",
            "corner-20",
            "corner-40",
            "side-5",
            "side-10",
            "side-20",
            "side-40");
    assertThat(recall.get("corner-40").asDouble()).isLessThan(recall.get("side-5").asDouble());
  }

  @Test
  void aFileThatCannotBeReadStopsNoneOfTheOthers() throws IOException {
    Path unreadable = Path.of("/proc/self/mem");
    assumeThat(unreadable).exists();
    Path edits = folder.resolve("edits");
    for (int i = 0; i < PICTURES; i++) {
      copy(picture(i), edits.resolve("orig"), "%02d.jpg".formatted(i));
      copy(picture(i), edits.resolve("same"), "%02d.jpg".formatted(i));
    }
    Files.createSymbolicLink(edits.resolve("orig/locked.jpg"), unreadable);
    Files.delete(edits.resolve("same/00.jpg"));
    Files.createSymbolicLink(edits.resolve("same/00.jpg"), unreadable);

    CommandRun run = run("accuracy", "--edits", edits.toString(), "--json", "--distinct");

    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.WITH_FAILURES);
    assertThat(json(run).get("edited").asInt()).isEqualTo(PICTURES);
    assertThat(json(run).get("problems").toString()).contains("locked.jpg: can't be read");
    assertThat(json(run).get("missing").toString()).contains("same: can't read", "00.jpg");
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
    assertThat(run("accuracy", "--edits", folder.toString(), "--off-centre").err())
        .contains("leave out one");
    assertThat(run("accuracy", "--edits", folder.toString()).err()).contains("no folder orig");
    assertThat(run("accuracy", "--edits", folder.resolve("edits").toString()).err())
        .contains("each edit needs one");
  }

  @Test
  void lookAlikesThatArePaintedHaveAReportOfTheirOwn() throws IOException {
    Path made = folder.resolve("made");

    CommandRun run = run("accuracy", "--make-hard-negatives", made.toString(), "--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode kinds = json(run).get("kinds");
    assertThat(kinds.findValuesAsText("kind"))
        .contains("frames", "slides", "packages", "text-pages");
    for (JsonNode kind : kinds) {
      assertThat(kind.get("pairs").asInt()).isEqualTo(66);
      assertThat(kind.get("nearest").asInt()).isBetween(0, 256);
      assertThat(kind.get("within").get("loose").asInt())
          .isGreaterThanOrEqualTo(kind.get("within").get("exact").asInt());
    }
    assertThat(made.resolve("slides/00.jpg")).exists();
    assertThat(folder.resolve("out/hard-negatives.json")).exists();
    Files.delete(made.resolve("slides/00.jpg"));
    Files.writeString(made.resolve("frames/notes.txt"), "no picture");
    copy(picture(1), made.resolve("alone"), "1.jpg");
    CommandRun given = run("accuracy", "--hard-negatives", made.toString());
    assertThat(given.code()).isEqualTo(ExitCode.WITH_FAILURES);
    assertThat(given.out())
        .contains("Can't be used: alone: at least two", "Can't be used: frames/notes.txt:")
        .contains("| kind | algorithm |", "| slides | PDQ | 55 |")
        .containsPattern("\\| frames \\| DifferenceHash\\(64\\) \\| 66 \\|.* no radius \\|");
  }

  private static JsonNode json(CommandRun run) {
    try {
      return new ObjectMapper().readTree(run.out());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(run.out(), e);
    }
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
