package io.twinstream.standalone.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.match.MatchChoice;
import io.twinstream.match.MatchChoice.Reach;
import io.twinstream.match.Preset;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.engine.DataDirectory;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchingTest {
  private static final Threshold LOOSE =
      new Threshold("PDQ", Preset.LOOSE.radius("PDQ").orElseThrow());

  @TempDir private Path folder;

  @Test
  void aNewDirectoryTakesThePresetThatFitsWhatIsScanned() throws IOException {
    Path few = Files.createDirectories(folder.resolve("few"));
    Files.writeString(few.resolve("a.jpg"), "");
    Path many = folder.resolve("many.csv");
    Files.writeString(many, "url\n" + "a.jpg\n".repeat(2_500));

    try (DataDirectory small = DataDirectory.open(folder.resolve("small"));
        DataDirectory large = DataDirectory.open(folder.resolve("large"))) {
      Threshold ofFew = Matching.decided(small, MatchChoice.ANY, sources(few));
      Threshold ofMany = Matching.decided(large, MatchChoice.ANY, sources(many));

      assertThat(Preset.of(ofFew)).contains(Preset.LOOSE);
      assertThat(Preset.of(ofMany)).contains(Preset.BALANCED);
      assertThat(Matching.said(ofMany))
          .isEqualTo("Matching with preset balanced: PDQ, radius " + ofMany.radius());
      assertThat(Matching.decided(small, MatchChoice.ANY, sources(many))).isEqualTo(ofFew);
    }
  }

  @Test
  void whatWasDecidedStaysAndAskingForSomethingElseIsRefused() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      data.decide(new Threshold("PerceptiveHash(256)", 64));

      assertThat(Matching.decided(data, MatchChoice.ANY, List.of()).radius()).isEqualTo(64);
      assertThat(Matching.decided(data, choice("", new Reach.Bits(64)), List.of()).algorithm())
          .isEqualTo("PerceptiveHash(256)");
      for (MatchChoice other :
          List.of(
              choice("", new Reach.Bits(63)),
              choice("", new Reach.Of(Preset.STRICT)),
              choice("PDQ", new Reach.BySize()))) {
        assertThatExceptionOfType(RefusedException.class)
            .isThrownBy(() -> Matching.decided(data, other, List.of()))
            .withMessageContaining("PerceptiveHash(256) at radius 64")
            .withMessageContaining("--data");
      }
    }
  }

  @Test
  void anotherRadiusIsRefusedWithTheWayToItAndIsTakenOnceItIsAdopted() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      data.decide(new Threshold("PDQ", 64));
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> Matching.decided(data, choice("", new Reach.Bits(20)), List.of()))
          .withMessageContaining(
              "replay --data %s --run NAME --algorithm \"PDQ\" --radius 20", folder)
          .withMessageContaining("adopt NAME --data " + folder);
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() ->
              Matching.decided(data, choice("PerceptiveHash(256)", new Reach.BySize()), List.of()))
          .withMessageNotContaining("adopt");

      data.adopt(new Threshold("PDQ", 20));

      assertThat(Matching.decided(data, choice("", new Reach.Bits(20)), List.of()))
          .isEqualTo(Matching.decided(data, MatchChoice.ANY, List.of()));
      assertThat(Matching.said(Matching.decided(data, MatchChoice.ANY, List.of())))
          .isEqualTo("Matching: PDQ, radius 20");
    }
  }

  @Test
  void aCollectionThatHasOutgrownItsPresetIsNamedWithThePresetThatWouldDo() {
    Catalog catalog = new Catalog();
    for (int i = 0; i <= Preset.LOOSE.largest(); i++) {
      judge(catalog, "large", i);
    }
    judge(catalog, "small", 1_000_000);

    assertThat(Matching.outgrown(catalog, LOOSE))
        .singleElement()
        .asString()
        .contains("Collection large has 2,501 images", "loose", "--preset balanced");
    assertThat(Matching.outgrown(catalog, new Threshold("PDQ", 5))).isEmpty();
  }

  private static MatchChoice choice(String algorithm, Reach reach) {
    return new MatchChoice(algorithm, reach);
  }

  private static List<ScanSource> sources(Path path) {
    return List.of(ScanSource.of(path, Map.of()));
  }

  private static void judge(Catalog catalog, String collection, int number) {
    EventId event = new EventId("image-metadata", 0, number);
    ImageMetadata image =
        new ImageMetadata(collection, Integer.toString(number), "", Attributes.NONE);
    catalog.image(
        event, Instant.EPOCH, new ImageRow.Origin("source", Integer.toString(number)), image);
    catalog.verdict(
        new Verdict.Unique(
            event,
            image,
            Verdict.LIVE,
            Instant.EPOCH,
            number,
            List.of(LOOSE),
            new Fingerprint("0".repeat(64), 1, "png", 1, 1, 50, List.of())));
  }
}
