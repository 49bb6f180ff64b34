package io.twinstream.catalog;

import static io.twinstream.catalog.Album.code;
import static io.twinstream.catalog.Album.ones;
import static io.twinstream.catalog.Album.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.SourceProgress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private static final Set<String> ALBUM = Set.of("album");

  private final Catalog catalog = new Catalog();
  private final Album album = new Album(2);

  @Test
  void aNewCatalogIsEmpty() {
    assertThat(catalog.isEmpty()).isTrue();
    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.verdicts()).isZero();
    assertThat(catalog.images()).isEmpty();
    assertThat(catalog.rowsOf(ALBUM)).isEmpty();
    assertThat(catalog.rejectedOf(ALBUM)).isEmpty();
    assertThat(catalog.counts(ALBUM)).isEqualTo(new VerdictCounts(0, 0, 0, 0));
  }

  @Test
  void anImageIsUnjudgedUntilItsVerdictIsRead() {
    ImageRow row = album.add("a", ones(1));

    event(row);

    assertThat(catalog.unjudged()).isEqualTo(1);
    assertThat(catalog.verdicts()).isZero();
    assertThat(catalog.counts(ALBUM)).isEqualTo(new VerdictCounts(1, 0, 0, 0));
    assertThat(catalog.rowsOf(ALBUM)).extracting(ImageRow::verdict).containsOnlyNulls();

    catalog.verdict(row.verdict());

    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.verdicts()).isEqualTo(1);
    assertThat(catalog.rowsOf(ALBUM)).containsExactly(row);
  }

  @Test
  void theOldestUnjudgedImageIsTheFirstEventWithoutAVerdict() {
    ImageRow first = album.add("a", ones(1));
    ImageRow second = album.add("b", ones(9));
    ImageRow third = album.add("c", ones(17));
    event(first);
    event(second);
    event(third);

    catalog.verdict(first.verdict());

    assertThat(catalog.oldestUnjudged()).map(ImageRow::event).contains(second.event());
    catalog.verdict(third.verdict());
    catalog.verdict(second.verdict());
    assertThat(catalog.oldestUnjudged()).isEmpty();
  }

  @Test
  void aVerdictMayComeBeforeItsEvent() {
    ImageRow row = album.add("a", ones(1));

    catalog.verdict(row.verdict());
    event(row);

    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.rowsOf(ALBUM)).containsExactly(row);
    assertThat(catalog.images()).containsExactly(row);
  }

  @Test
  void anEventThatIsReadTwiceKeepsItsVerdict() {
    ImageRow row = album.add("a", ones(1));

    judged(row);
    event(row);

    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.rowsOf(ALBUM)).containsExactly(row);
    assertThat(catalog.verdicts()).isEqualTo(1);
  }

  @Test
  void ofARowThatIsHandedInAgainTheLatestEventCounts() {
    ImageRow first = album.add("a", ones(1));
    ImageRow second = album.add("a", ones(30));

    judged(first);
    judged(second);

    assertThat(catalog.rowsOf(ALBUM)).containsExactly(second);
    assertThat(catalog.images()).containsExactly(second);
    assertThat(catalog.counts(ALBUM)).isEqualTo(new VerdictCounts(1, 1, 0, 0));
  }

  @Test
  void aLateVerdictOnTheEventBeforeDoesNotTouchTheLatestOne() {
    ImageRow first = album.add("a", ones(1));
    ImageRow second = album.add("a", ones(30));

    event(first);
    event(second);
    catalog.verdict(second.verdict());
    catalog.verdict(first.verdict());

    assertThat(catalog.rowsOf(ALBUM)).containsExactly(second);
    assertThat(catalog.unjudged()).isZero();
  }

  @Test
  void twoRowsWithOneIdAreTwoRowsAndOneImage() {
    ImageRow first = at("row 1", album.add("a", ones(1)));
    ImageRow second = at("row 2", album.add("a", ones(30)));

    judged(first);
    judged(second);

    assertThat(catalog.rowsOf(ALBUM)).containsExactly(first, second);
    assertThat(catalog.images()).containsExactly(second);
    assertThat(catalog.counts(ALBUM).images()).isEqualTo(2);
  }

  @Test
  void equalIdsOfTwoCollectionsAreTwoImages() {
    ImageRow cat = album.add("cats", "1", picture(ones(1)));
    ImageRow dog = at("row 2", album.add("dogs", "1", picture(ones(1))));

    judged(cat);
    judged(dog);

    assertThat(catalog.images()).containsExactly(cat, dog);
  }

  @Test
  void anImageThatFailsTheSecondTimeStandsWithThePictureItHad() {
    ImageRow good = album.add("a", ones(1));
    ImageRow failed = album.fail("a");

    judged(good);
    judged(failed);

    assertThat(catalog.images()).containsExactly(good);
    assertThat(catalog.rowsOf(ALBUM)).containsExactly(failed);
  }

  @Test
  void anImageThatIsBeingJudgedAgainStandsWithThePictureItHad() {
    ImageRow good = album.add("a", ones(1));
    ImageRow again = album.add("a", ones(30));

    judged(good);
    event(again);

    assertThat(catalog.images()).containsExactly(good);
  }

  @Test
  void anImageThatHasOnlyFailedStandsWithThat() {
    ImageRow first = album.fail("a");
    ImageRow second = album.fail("a");

    judged(first);
    judged(second);

    assertThat(catalog.images()).containsExactly(second);
  }

  @Test
  void aRemovedImageIsGone() {
    ImageRow gone = album.add("a", ones(1));
    ImageRow stays = album.add("b", ones(30));
    judged(gone);
    judged(stays);

    catalog.removal(new ImageKey("default", "a"));

    assertThat(catalog.rowsOf(ALBUM)).containsExactly(stays);
    assertThat(catalog.images()).containsExactly(stays);
    assertThat(catalog.counts(ALBUM).images()).isEqualTo(1);
  }

  @Test
  void allRowsOfARemovedImageAreGone() {
    judged(at("row 1", album.add("a", ones(1))));
    judged(at("row 2", album.add("a", ones(1))));

    catalog.removal(new ImageKey("default", "a"));

    assertThat(catalog.rowsOf(ALBUM)).isEmpty();
  }

  @Test
  void aRowThatNowHoldsAnotherImageOutlivesTheOneItHeld() {
    ImageRow before = at("row 1", album.add("a", ones(1)));
    ImageRow after = at("row 1", album.add("b", ones(1)));
    judged(before);
    judged(after);

    catalog.removal(new ImageKey("default", "a"));

    assertThat(catalog.rowsOf(ALBUM)).containsExactly(after);
  }

  @Test
  void aRemovedImageDoesNotComeBackWithItsLateVerdict() {
    ImageRow row = album.add("a", ones(1));
    event(row);

    catalog.removal(new ImageKey("default", "a"));
    catalog.verdict(row.verdict());

    assertThat(catalog.images()).isEmpty();
    assertThat(catalog.unjudged()).isZero();
  }

  @Test
  void anImageThatIsHandedInAfterItsRemovalIsThere() {
    judged(album.add("a", ones(1)));
    catalog.removal(new ImageKey("default", "a"));
    album.remove("default", "a");
    ImageRow again = album.add("a", ones(3));

    event(again);

    assertThat(catalog.images()).extracting(ImageRow::event).containsExactly(again.event());
    assertThat(catalog.rowsOf(ALBUM)).extracting(ImageRow::verdict).containsOnlyNulls();
  }

  @Test
  void theRemovalOfAnUnknownImageDoesNothing() {
    catalog.removal(new ImageKey("default", "a"));

    assertThat(catalog.isEmpty()).isTrue();
  }

  @Test
  void rowsAreCountedByTheirVerdicts() {
    judged(album.add("a", ones(0)));
    judged(album.add("b", ones(30)));
    judged(album.add("like a", ones(1)));
    judged(album.fail("lost"));
    event(album.add("pending", code(60)));
    judged(of("elsewhere", album.add("of another source", ones(1))));

    VerdictCounts counts = catalog.counts(ALBUM);

    assertThat(counts).isEqualTo(new VerdictCounts(5, 2, 1, 1));
    assertThat(counts.judged()).isEqualTo(4);
    assertThat(catalog.counts(Set.of("elsewhere"))).isEqualTo(new VerdictCounts(1, 0, 1, 0));
    assertThat(catalog.counts(Set.of("album", "elsewhere")).images()).isEqualTo(6);
    assertThat(catalog.verdicts()).isEqualTo(5);
  }

  @Test
  void rowsComeInTheOrderOfTheirEvents() {
    ImageRow one = album.add("1", ones(1));
    ImageRow two = album.add("2", ones(1));
    EventId ofNextPartition = new EventId("image-metadata", 1, 0);
    ImageRow three =
        new ImageRow(
            ofNextPartition,
            Album.NOW,
            new Origin("album", "3"),
            Album.image("default", "3"),
            null);

    event(three);
    judged(two);
    judged(one);

    assertThat(catalog.rowsOf(ALBUM)).containsExactly(one, two, three);
    assertThat(catalog.images()).containsExactly(one, two, three);
  }

  @Test
  void ofAConnectorsProgressTheLatestCounts() {
    catalog.progress(new SourceProgress("album", 3, 0, 0, false));
    catalog.progress(new SourceProgress("elsewhere", 9, 0, 0, false));
    catalog.progress(new SourceProgress("album", 5, 2, 1, true));

    assertThat(catalog.progressOf("album")).contains(new SourceProgress("album", 5, 2, 1, true));
    assertThat(catalog.progressOf("unheard of")).isEmpty();
  }

  @Test
  void aSourceThatTasksShareIsCompleteWhenEachOfThemIs() {
    catalog.progress(SourceProgress.ofShare("album", 3, 1, 0, 0, 2, true));
    assertThat(catalog.progressOf("album")).contains(new SourceProgress("album", 3, 1, 0, false));

    catalog.progress(SourceProgress.ofShare("album", 2, 0, 1, 1, 2, false));
    assertThat(catalog.progressOf("album")).contains(new SourceProgress("album", 5, 1, 1, false));

    catalog.progress(SourceProgress.ofShare("album", 4, 0, 1, 1, 2, true));
    assertThat(catalog.progressOf("album")).contains(new SourceProgress("album", 7, 1, 1, true));
  }

  @Test
  void sharesOfAnEarlierNumberOfTasksNoLongerCount() {
    catalog.progress(new SourceProgress("album", 9, 0, 0, true));
    catalog.progress(SourceProgress.ofShare("album", 4, 0, 0, 1, 2, true));
    assertThat(catalog.progressOf("album")).contains(new SourceProgress("album", 4, 0, 0, false));

    catalog.progress(new SourceProgress("album", 9, 0, 0, true));
    assertThat(catalog.progressOf("album")).contains(new SourceProgress("album", 9, 0, 0, true));
  }

  private void event(ImageRow row) {
    catalog.image(row.event(), row.at(), row.origin(), row.image());
  }

  private void judged(ImageRow row) {
    event(row);
    catalog.verdict(row.verdict());
  }

  private static ImageRow at(String place, ImageRow row) {
    return new ImageRow(
        row.event(), row.at(), new Origin("album", place), row.image(), row.verdict());
  }

  private static ImageRow of(String source, ImageRow row) {
    return new ImageRow(
        row.event(),
        row.at(),
        new Origin(source, row.origin().place()),
        row.image(),
        row.verdict());
  }
}
