package io.twinstream.ingest.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.MovedClock;
import io.twinstream.ingest.Told;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.SourceProgress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSourceTaskTest {
  private static final byte[] GIF = "GIF89a".getBytes(UTF_8);

  private final MemoryOffsets offsets = new MemoryOffsets();
  private final MovedClock clock = new MovedClock();

  @TempDir private Path parent;
  private Path folder;
  private Map<String, String> settings;

  @BeforeEach
  void makeTheFolder() throws IOException {
    folder = Files.createDirectory(parent.toRealPath().resolve("photos"));
    settings = Map.of("source.name", "p", "folder.path", folder.toString());
  }

  @Test
  void filesAndFoldersComeInTheOrderOfTheirNames() throws IOException {
    for (String name :
        List.of(
            "b/z.jpg", "b.jpg", "a.jpg", "B.jpg", "c/d/e.png", "\uFFFD.jpg", "\uD83D\uDE00.jpg")) {
      put(name, "");
    }

    assertThat(read().places())
        .containsExactly(
            "B.jpg", "a.jpg", "b/z.jpg", "b.jpg", "c/d/e.png", "\uFFFD.jpg", "\uD83D\uDE00.jpg");
  }

  @Test
  void awkwardNamesKeepTheirIdsAndLeadToTheirFiles() throws IOException {
    List<String> names = List.of("a\nb%20.jpg", "c d#e?.jpg", "naïve é.jpg", "x+y&z;.jpg");
    for (String name : names) {
      put(name, name);
    }

    Told told = read();

    assertThat(told.places()).containsExactlyInAnyOrderElementsOf(names);
    for (ImageMetadata image : told.images()) {
      assertThat(image.source()).startsWith("file:///");
      assertThat("p/" + Files.readString(Path.of(URI.create(image.source()))))
          .isEqualTo(image.id());
    }
  }

  /** One name composed and one decomposed are two files; marks of direction stay where they are. */
  @Test
  void namesInEveryScriptAreIdsAsTheFileSystemHasThem() throws IOException {
    List<String> names =
        List.of(
            "Straße/Ärger.JPG",
            "e\u0301.jpg",
            "\u00e9.jpg",
            "\u200F\u05DE\u05E4\u05D4.jpg",
            "\u202Egnp.jpg",
            "صورة/٣.jpg",
            "चित्र/क्षि.jpg",
            "ภาพ.jpg",
            "図書館/写真.jpg",
            "\uE000.jpg",
            "\uD83D\uDDBC\uFE0F.jpg");
    for (String name : names) {
      put(name, "");
    }

    for (int tasks : List.of(1, 3)) {
      List<String> places = new ArrayList<>();
      for (int task = 0; task < tasks; task++) {
        MemoryOffsets fresh = new MemoryOffsets();
        Map<String, String> share =
            DrivenTask.with(settings, "share.task", "" + task, "share.tasks", "" + tasks);
        try (DrivenTask driven = new DrivenTask(new FolderSourceTask(clock), fresh, share)) {
          Told told = driven.readAll();
          places.addAll(told.places());
          assertThat(told.ids()).isEqualTo(told.places().stream().map("p/"::concat).toList());
          assertThat(told.images())
              .allSatisfy(image -> assertThat(Path.of(URI.create(image.source()))).exists());
        }
      }
      assertThat(places).containsExactlyInAnyOrderElementsOf(names);
    }
    assertThat(read().places()).as("in the order of code points").isEqualTo(byBytes(names));
  }

  private static List<String> byBytes(List<String> names) {
    return names.stream()
        .sorted((one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)))
        .toList();
  }

  @Test
  void whatIsNamedLikeAnImageOrLooksLikeOneIsPublishedAndAllElseCounted() throws IOException {
    put("a.JPG", "no picture at all");
    put("b.txt", "text");
    put("jpg", "text");
    put(".hidden/c.webp", "");
    Files.write(folder.resolve("d"), GIF);

    Told told = read();

    assertThat(told.ids()).containsExactly("p/.hidden/c.webp", "p/a.JPG", "p/d");
    assertThat(told.progress()).containsExactly(new SourceProgress("p", 3, 2, 0, true));
  }

  @Test
  void linksAreNeverFollowedEvenInCircles() throws IOException {
    put("a/b.jpg", "");
    Files.createSymbolicLink(folder.resolve("a/up"), folder);
    Files.createSymbolicLink(folder.resolve("a/self"), folder.resolve("a/self"));
    Files.createSymbolicLink(folder.resolve("c.jpg"), folder.resolve("a/b.jpg"));

    Told told = read();

    assertThat(told.places()).containsExactly("a/b.jpg");
    assertThat(told.progress()).containsExactly(new SourceProgress("p", 1, 3, 0, true));
  }

  @Test
  void theFolderItselfMayBeALink() throws IOException {
    put("a.jpg", "");
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);

    Told told = read(DrivenTask.with(settings, "folder.path", link.toString()));

    assertThat(told.images().getFirst().source())
        .isEqualTo(folder.resolve("a.jpg").toUri().toString());
  }

  @Test
  void excludedFoldersAreLeftOutEntirely() throws IOException {
    put("a/b.jpg", "");
    put("o,ut/c.jpg", "");
    put("out/c.jpg", "");
    put("out/d.txt", "");
    String comma = folder.resolve("o,ut").toUri().toString().replace(",", "%2C");

    Told told =
        read(DrivenTask.with(settings, "exclude", comma + "," + folder.resolve("out").toString()));

    assertThat(told.places()).containsExactly("a/b.jpg");
    assertThat(told.progress()).containsExactly(new SourceProgress("p", 1, 0, 0, true));
  }

  @Test
  void anEmptyFolderIsCompleteAtOnce() {
    assertThat(read().progress()).containsExactly(new SourceProgress("p", 0, 0, 0, true));
  }

  @Test
  void collectionAndAddedTextsAreThoseOfTheSettings() throws IOException {
    put("a.jpg", "");

    ImageMetadata image =
        read(DrivenTask.with(settings, "collection", "c/1", "attributes", "batch=7,by=me"))
            .images()
            .getFirst();

    assertThat(image.collection()).isEqualTo("c/1");
    assertThat(image.attributes().toString()).isEqualTo("{\"batch\":\"7\",\"by\":\"me\"}");
  }

  @Test
  void anIdThatIsTooLongIsADeadLetterToldOnce() throws IOException {
    String deep = ("d".repeat(200) + "/").repeat(6) + "a.jpg";
    put(deep, "");
    put("e.jpg", "");

    Told told = read();

    assertThat(told.places()).containsExactly("e.jpg");
    assertThat(told.excerpts()).containsExactly(deep);
    assertThat(told.problems().getFirst()).contains("at most 1024 bytes");
    assertThat(Told.header(told.deadLetters().getFirst(), SourceHeaders.PLACE)).isEqualTo(deep);
    Told again = read();
    assertThat(again.deadLetters()).isEmpty();
    assertThat(again.progress()).containsExactly(new SourceProgress("p", 1, 0, 1, true));
  }

  @Test
  void aRestartPublishesWhatIsNewOrHasChanged() throws IOException {
    for (String name : List.of("a.jpg", "b.jpg", "c.jpg", "d.jpg")) {
      put(name, "1");
    }
    read();
    put("b.jpg", "22");
    Files.setLastModifiedTime(folder.resolve("c.jpg"), FileTime.fromMillis(1));
    Files.delete(folder.resolve("d.jpg"));
    put("e.jpg", "1");

    Told told = read();

    assertThat(told.places()).containsExactly("b.jpg", "c.jpg", "e.jpg");
    assertThat(told.progress()).containsExactly(new SourceProgress("p", 4, 0, 0, true));
  }

  @Test
  void aRestartInTheMiddlePublishesTheRest() throws IOException {
    for (int i = 0; i < 6; i++) {
      put(i + ".jpg", "");
    }
    Told whole = read();

    for (int told = 0; told <= whole.records().size(); told++) {
      MemoryOffsets stopped = new MemoryOffsets();
      stopped.commit(whole.records().subList(0, told));
      try (DrivenTask task = new DrivenTask(new FolderSourceTask(clock), stopped, settings)) {
        assertThat(task.readAll().records()).hasSize(Math.max(1, 7 - told));
      }
    }
  }

  @Test
  void earlierOffsetsAreAskedForInBatches() throws IOException {
    for (int i = 0; i < 5; i++) {
      put(i + ".jpg", "");
    }

    Told told = read(DrivenTask.with(settings, "batch.size", "2"));

    assertThat(offsets.lookUps().stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
    assertThat(offsets.lookUps()).allMatch(size -> size <= 2);
    assertThat(told.progress()).extracting(SourceProgress::published).containsExactly(2L, 4L, 5L);
  }

  @Test
  void afterTheIntervalTheFolderIsReadAgain() throws IOException {
    put("a.jpg", "");
    try (DrivenTask task =
        new DrivenTask(
            new FolderSourceTask(clock),
            offsets,
            DrivenTask.with(settings, "rescan.interval.ms", "1000"))) {
      task.readAll();
      clock.move(Duration.ofSeconds(1));
      assertThat(task.poll().records()).as("nothing has changed").isEmpty();
      put("b.jpg", "");
      clock.move(Duration.ofSeconds(1));

      assertThat(task.readAll().places()).containsExactly("b.jpg");
    }
  }

  private void put(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Told read() {
    return read(settings);
  }

  private Told read(Map<String, String> settings) {
    try (DrivenTask task = new DrivenTask(new FolderSourceTask(clock), offsets, settings)) {
      return task.readAll();
    }
  }
}
