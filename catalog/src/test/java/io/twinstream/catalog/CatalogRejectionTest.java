package io.twinstream.catalog;

import static io.twinstream.catalog.Album.ones;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.ImageRow.Origin;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a catalog makes of what could not become an event, or be read as one. */
class CatalogRejectionTest {
  private static final Set<String> ALBUM = Set.of("album");

  private final Catalog catalog = new Catalog();
  private final Album album = new Album(2);

  @Test
  void anEventThatBecameADeadLetterWaitsForNoVerdict() {
    ImageRow row = album.add("a", ones(1));
    event(row);

    catalog.unreadable(row.event(), rejection(row.origin()));

    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.rowsOf(ALBUM)).isEmpty();
    assertThat(catalog.images()).isEmpty();
    assertThat(catalog.rejectedOf(ALBUM)).containsExactly(rejection(row.origin()));
  }

  @Test
  void aDeadLetterMayComeBeforeItsEvent() {
    ImageRow row = album.add("a", ones(1));

    catalog.unreadable(row.event(), rejection(row.origin()));
    event(row);

    assertThat(catalog.unjudged()).isZero();
    assertThat(catalog.rowsOf(ALBUM)).isEmpty();
    assertThat(catalog.rejectedOf(ALBUM)).containsExactly(rejection(row.origin()));
  }

  @Test
  void aDeadLetterLeavesTheImageAsItWasBefore() {
    ImageRow good = at("row 1", album.add("a", ones(1)));
    ImageRow bad = at("row 2", album.add("a", ones(2)));
    ImageRow worse = at("row 3", album.add("a", ones(3)));
    judged(good);
    event(bad);
    event(worse);

    catalog.unreadable(bad.event(), rejection(bad.origin()));
    catalog.unreadable(worse.event(), rejection(worse.origin()));

    assertThat(catalog.images()).containsExactly(good);
    assertThat(catalog.rowsOf(ALBUM)).containsExactly(good);
  }

  @Test
  void ofTwoDeadLettersOfARowTheLatestCounts() {
    Origin row = new Origin("album", "row 1");

    catalog.rejected(new RejectedRow(row, "too long", "", Album.NOW));
    catalog.rejected(new RejectedRow(row, "no address", "", Album.NOW.plusSeconds(1)));

    assertThat(catalog.rejectedOf(ALBUM))
        .extracting(RejectedRow::message)
        .containsExactly("no address");
  }

  @Test
  void aRowThatWasMendedIsNoLongerRejected() {
    ImageRow row = album.add("a", ones(1));

    judged(row);
    catalog.rejected(new RejectedRow(row.origin(), "no address", "", row.at().minusSeconds(60)));

    assertThat(catalog.rejectedOf(ALBUM)).isEmpty();
    assertThat(catalog.rowsOf(ALBUM)).containsExactly(row);
  }

  @Test
  void aRowThatWasSpoiledIsRejectedAndNoLongerAnImageOfItsSource() {
    ImageRow row = album.add("a", ones(1));
    RejectedRow later = new RejectedRow(row.origin(), "no address", "", row.at().plusSeconds(60));

    catalog.rejected(later);
    judged(row);

    assertThat(catalog.rejectedOf(ALBUM)).containsExactly(later);
    assertThat(catalog.rowsOf(ALBUM)).isEmpty();
    assertThat(catalog.counts(ALBUM)).isEqualTo(new VerdictCounts(0, 0, 0, 0));
    assertThat(catalog.images()).containsExactly(row);
  }

  @Test
  void rejectedRowsOfOtherSourcesAreLeftOut() {
    catalog.rejected(rejection(new Origin("elsewhere", "row 1")));
    catalog.rejected(rejection(new Origin("album", "row 1")));

    assertThat(List.copyOf(catalog.rejectedOf(ALBUM)))
        .extracting(RejectedRow::origin)
        .containsExactly(new Origin("album", "row 1"));
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

  private static RejectedRow rejection(Origin origin) {
    return new RejectedRow(origin, "it can't be read", "", Album.NOW);
  }
}
