package io.twinstream.catalog.group;

import static io.twinstream.catalog.Album.blank;
import static io.twinstream.catalog.Album.code;
import static io.twinstream.catalog.Album.ones;
import static io.twinstream.catalog.Album.picture;
import static io.twinstream.catalog.Album.turned;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.Album;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingTest {
  @Test
  void withoutImagesThereAreNoGroups() {
    assertThat(Grouping.of(List.of())).isEmpty();
  }

  @Test
  void imagesThatNothingIsLikeAreInNoGroup() {
    Album album = new Album(4);
    album.add("one", ones(0));
    album.add("other", ones(5));

    assertThat(Grouping.of(album.rows())).isEmpty();
  }

  @Test
  void aGroupHasTheOriginalFirstAndThenItsDuplicatesByPosition() {
    Album album = new Album(4);
    album.add("z", ones(0));
    album.add("lonely", ones(40));
    album.add("b", ones(3));
    album.add("a", ones(1));

    List<DuplicateGroup> groups = Grouping.of(album.rows());

    assertThat(ids(groups)).containsExactly(List.of("z", "b", "a"));
    assertThat(groups.getFirst().number()).isEqualTo(1);
    assertThat(groups.getFirst().original().image().id()).isEqualTo("z");
  }

  @Test
  void turnedPicturesAreOneGroupHoweverFarApartTheyStand() {
    Album album = new Album(4);
    album.add("default", "upright", picture(ones(0)));
    album.add("default", "turned", turned(ones(40), ones(2)));
    album.add("default", "turned again", turned(ones(41), ones(3)));

    List<DuplicateGroup> groups = Grouping.of(album.rows());

    assertThat(ids(groups)).containsExactly(List.of("upright", "turned", "turned again"));
    assertThat(groups.getFirst().members()).extracting(Member::distance).containsExactly(0, 2, 3);
    assertThat(groups.getFirst().members())
        .extracting(Member::orientation)
        .containsExactly(Orientation.UPRIGHT, Orientation.TURN_90, Orientation.TURN_90);
  }

  @Test
  void aMemberWhoseOriginalLooksLikeItWhenTurnedHasToBeTurnedBack() {
    Album album = new Album(4);
    album.add("default", "turned", turned(ones(40), ones(2)));
    album.add("default", "other way", picture(ones(2)));
    album.add("default", "like both", turned(ones(40), ones(2)));

    List<DuplicateGroup> groups = Grouping.of(album.rows());

    assertThat(ids(groups)).containsExactly(List.of("turned", "other way", "like both"));
    assertThat(groups.getFirst().members())
        .extracting(Member::orientation)
        .containsExactly(Orientation.UPRIGHT, Orientation.TURN_270, Orientation.UPRIGHT);
  }

  @Test
  void membersSayHowTheyAreLikeTheOriginal() {
    Album album = new Album(16);
    album.add("original", ones(0));
    album.add("near", ones(16));
    album.add("copy", ones(0));

    List<Member> members = Grouping.of(album.rows()).getFirst().members();

    assertThat(members)
        .extracting(Member::kind)
        .containsExactly(null, Match.Kind.NEAR, Match.Kind.EXACT);
    assertThat(members).extracting(Member::distance).containsExactly(0, 16, 0);
    assertThat(members).extracting(Member::similarity).containsExactly(1.0, 0.75, 1.0);
  }

  @Test
  void groupsAreNumberedInTheOrderOfTheirOriginals() {
    Album album = new Album(2);
    album.add("first", ones(0));
    album.add("second", ones(30));
    album.add("like second", ones(31));
    album.add("like first", ones(1));

    List<DuplicateGroup> groups = Grouping.of(album.rows());

    assertThat(groups).extracting(DuplicateGroup::number).containsExactly(1, 2);
    assertThat(ids(groups))
        .containsExactly(List.of("first", "like first"), List.of("second", "like second"));
  }

  @Test
  void twoOriginalsThatALaterImageIsLikeAreInItsGroup() {
    Album album = new Album(4);
    album.add("left", ones(0));
    album.add("right", ones(8));
    album.add("between", ones(4));

    assertThat(ids(Grouping.of(album.rows()))).containsExactly(List.of("left", "right", "between"));
  }

  @Test
  void aChainIsSplitWhereItsEndsAreMoreThanTwoRadiiApart() {
    Album album = new Album(4);
    album.add("a", ones(0));
    album.add("b", ones(3));
    album.add("c", ones(6));
    album.add("d", ones(9));

    assertThat(ids(Grouping.of(album.rows())))
        .containsExactly(List.of("a", "b"), List.of("c", "d"));
  }

  @Test
  void aChainWhoseEndsAreTwoRadiiApartStaysWhole() {
    Album album = new Album(4);
    album.add("a", ones(0));
    album.add("b", ones(4));
    album.add("c", ones(8));

    assertThat(ids(Grouping.of(album.rows()))).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void anImageInTheMiddleOfAChainJoinsTheEarlierOfTwoCentres() {
    Album album = new Album(4);
    album.add("right", ones(12));
    album.add("left", ones(0));
    album.add("near left", ones(3));
    album.add("near right", ones(9));
    album.add("middle", ones(6));

    assertThat(ids(Grouping.of(album.rows())))
        .containsExactly(List.of("right", "near right", "middle"), List.of("left", "near left"));
  }

  @Test
  void theLinkOfAChainThatCameLastLeavesNoEndAlone() {
    Album album = new Album(4);
    album.add("a", ones(0));
    album.add("e", ones(16));
    album.add("b", ones(4));
    album.add("d", ones(12));
    album.add("c", ones(8));

    assertThat(ids(Grouping.of(album.rows())))
        .containsExactly(List.of("a", "b", "c"), List.of("e", "d"));
  }

  @Test
  void withARadiusOfAllBitsEverythingIsOneGroup() {
    Album album = new Album(Album.BITS);
    album.add("a", ones(0));
    album.add("b", ones(64));
    album.add("c", code(1, 3, 5));

    assertThat(ids(Grouping.of(album.rows()))).containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void withARadiusOfNoBitsEqualCodesAreAGroup() {
    Album album = new Album(0);
    album.add("a", ones(5));
    album.add("b", ones(6));
    album.add("c", ones(5));

    assertThat(ids(Grouping.of(album.rows()))).containsExactly(List.of("a", "c"));
  }

  @Test
  void equalPositionsOfOtherCollectionsAreOtherImages() {
    Album album = new Album(2);
    album.add("cats", "1", picture(ones(0)));
    album.add("dogs", "1", picture(ones(30)));
    album.add("cats", "2", picture(ones(1)));
    album.add("dogs", "2", picture(ones(31)));

    List<DuplicateGroup> groups = Grouping.of(album.rows());

    assertThat(groups)
        .extracting(group -> group.original().image().collection())
        .containsExactly("cats", "dogs");
    assertThat(ids(groups)).containsExactly(List.of("1", "2"), List.of("1", "2"));
  }

  @Test
  void featurelessImagesAreAGroupOnlyWhereTheirBytesAreEqual() {
    Album album = new Album(4);
    album.add("default", "white", blank(ones(0), "white"));
    album.add("default", "grey", blank(ones(0), "grey"));
    album.add("default", "white again", blank(ones(0), "white"));
    album.add("dark picture", ones(0));

    List<DuplicateGroup> groups = Grouping.of(album.rows());

    assertThat(ids(groups)).containsExactly(List.of("white", "white again"));
    assertThat(groups.getFirst().members().getLast().kind()).isEqualTo(Match.Kind.EXACT);
  }

  @Test
  void whatMatchedARemovedImageOnlyIsInNoGroup() {
    Album album = new Album(2);
    album.add("gone", ones(0));
    album.add("left behind", ones(1));
    album.remove("default", "gone");

    assertThat(Grouping.of(album.rows())).isEmpty();
  }

  @Test
  void duplicatesOfARemovedImageThatAreAlikeStayTogether() {
    Album album = new Album(2);
    album.add("gone", ones(0));
    album.add("b", ones(1));
    album.add("c", ones(2));
    album.remove("default", "gone");

    assertThat(ids(Grouping.of(album.rows()))).containsExactly(List.of("b", "c"));
  }

  @Test
  void whatMatchedAReplacedPictureIsNotGroupedWithTheNewOne() {
    Album album = new Album(2);
    album.add("changed", ones(0));
    album.add("like the old one", ones(1));
    album.add("changed", ones(40));
    album.add("like the new one", ones(41));

    assertThat(ids(Grouping.of(album.rows())))
        .containsExactly(List.of("changed", "like the new one"));
  }

  @Test
  void nobodyIsLeftAloneWhereTheRadiusHasChanged() {
    Album album = new Album(20);
    album.add("a", ones(0));
    album.judgeBy(2);
    album.add("judged strictly", ones(10));
    album.judgeBy(20);
    album.add("b", ones(1));

    assertThat(ids(Grouping.of(album.rows())))
        .containsExactly(List.of("a", "judged strictly", "b"));
  }

  @Test
  void imagesWithoutAFingerprintArePassedOver() {
    Album album = new Album(2);
    album.add("a", ones(0));
    album.fail("lost");
    album.add("b", ones(1));
    ImageRow pending =
        new ImageRow(
            new EventId("image-metadata", 0, 99),
            Album.NOW,
            new ImageRow.Origin("album", "pending"),
            Album.image("default", "pending"),
            null);
    List<ImageRow> rows = new ArrayList<>(album.rows());
    rows.add(pending);

    assertThat(ids(Grouping.of(rows))).containsExactly(List.of("a", "b"));
  }

  private static List<List<String>> ids(List<DuplicateGroup> groups) {
    return groups.stream()
        .map(group -> group.members().stream().map(member -> member.row().image().id()).toList())
        .toList();
  }
}
