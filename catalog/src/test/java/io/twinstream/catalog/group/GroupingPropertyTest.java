package io.twinstream.catalog.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.Album;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Over albums of near-duplicates: centres, and pictures that differ from them in some bits. */
class GroupingPropertyTest {
  /** An album and the radius that it was judged by. */
  record Judged(int radius, Album album) {
    @Override
    public String toString() {
      return "radius " + radius + album.rows();
    }
  }

  /** What happens to an image. */
  private enum Act {
    ADD,
    ADD_BLANK,
    REMOVE
  }

  private record Step(Act act, String collection, String id, Fingerprint picture) {}

  @Property
  void everyGroupHasTwoMembersOrMoreOfOneCollection(@ForAll("albums") Judged judged) {
    List<DuplicateGroup> groups = Grouping.of(judged.album.rows());

    assertThat(groups)
        .allSatisfy(group -> {
          assertThat(group.members()).hasSizeGreaterThanOrEqualTo(2);
          assertThat(group.members())
              .extracting(member -> member.row().image().collection())
              .containsOnly(group.original().image().collection());
        });
  }

  @Property
  void everyDuplicateOfAnImageThatIsStillThereIsInOneGroup(@ForAll("albums") Judged judged) {
    List<EventId> grouped =
        Grouping.of(judged.album.rows()).stream()
            .flatMap(group -> group.members().stream())
            .map(member -> member.row().event())
            .toList();

    assertThat(grouped).doesNotHaveDuplicates();
    assertThat(grouped)
        .containsAll(
            judged.album.rows().stream()
                .filter(row -> !standingMatches(judged.album, row).isEmpty())
                .map(ImageRow::event)
                .toList());
  }

  @Property
  void noMemberIsFartherThanTwoRadiiFromItsCentre(@ForAll("albums") Judged judged) {
    assertThat(Grouping.of(judged.album.rows()))
        .allSatisfy(group ->
            assertThat(group.members())
                .anySatisfy(centre ->
                    assertThat(group.members())
                        .allSatisfy(member ->
                            assertThat(distance(centre.row(), member.row()))
                                .isLessThanOrEqualTo(2 * judged.radius))));
  }

  @Property
  void groupsAreTheConnectedImagesWhereTheseAreNoChains(@ForAll("albums") Judged judged) {
    List<Set<EventId>> groups =
        Grouping.of(judged.album.rows()).stream()
            .map(group ->
                group.members().stream()
                    .map(member -> member.row().event())
                    .collect(Collectors.toSet()))
            .toList();

    for (Set<ImageRow> component : components(judged.album)) {
      Set<EventId> events = component.stream().map(ImageRow::event).collect(Collectors.toSet());
      boolean isChain =
          component.stream()
              .anyMatch(one ->
                  component.stream().anyMatch(other -> distance(one, other) > 2 * judged.radius));
      Statistics.collect(isChain ? "chain" : "no chain");
      assertThat(groups.stream().filter(events::containsAll).flatMap(Set::stream).toList())
          .containsExactlyInAnyOrderElementsOf(events);
      if (!isChain) {
        assertThat(groups).contains(events);
      }
    }
    Statistics.coverage(coverage -> {
      coverage.check("chain").percentage(share -> share > 4);
      coverage.check("no chain").percentage(share -> share > 10);
    });
  }

  @Property
  void theOrderOfTheInputDoesNotMatter(@ForAll("albums") Judged judged, @ForAll Random random) {
    List<ImageRow> shuffled = new ArrayList<>(judged.album.rows());
    Collections.shuffle(shuffled, random);

    assertThat(Grouping.of(shuffled)).isEqualTo(Grouping.of(judged.album.rows()));
  }

  @Property
  void membersStandInTheOrderOfTheirPositionsBehindTheOriginal(@ForAll("albums") Judged judged) {
    List<DuplicateGroup> groups = Grouping.of(judged.album.rows());

    assertThat(groups)
        .extracting(DuplicateGroup::number)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, groups.size()).boxed().toList());
    assertThat(groups)
        .allSatisfy(group -> {
          assertThat(group.members().getFirst())
              .isEqualTo(new Member(group.original(), null, 0, 1, Orientation.UPRIGHT));
          assertThat(group.members())
              .extracting(member -> position(member.row()))
              .isSorted()
              .doesNotHaveDuplicates();
        });
  }

  @Provide
  Arbitrary<Judged> albums() {
    Arbitrary<Integer> radii =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(1, 4)),
            Tuple.of(1, Arbitraries.of(0, 16, Album.BITS)));
    // Codes along a line of one bit more a step, and some beside it: chains come about.
    Arbitrary<Fingerprint> pictures =
        Combinators.combine(
                Arbitraries.integers().between(0, 24),
                Arbitraries.integers().between(0, Album.BITS - 1).list().ofMaxSize(2))
            .as((ones, others) ->
                Album.picture(
                    Album.code(
                        IntStream.concat(
                                IntStream.range(0, ones),
                                others.stream().mapToInt(Integer::intValue))
                            .toArray())));
    Arbitrary<Step> steps =
        Combinators.combine(
                Arbitraries.frequencyOf(
                    Tuple.of(12, Arbitraries.just(Act.ADD)),
                    Tuple.of(1, Arbitraries.just(Act.ADD_BLANK)),
                    Tuple.of(1, Arbitraries.just(Act.REMOVE))),
                Arbitraries.frequencyOf(
                    Tuple.of(5, Arbitraries.just("cats")), Tuple.of(1, Arbitraries.just("dogs"))),
                Arbitraries.integers().between(0, 30).map(Object::toString),
                pictures)
            .as(Step::new);
    return Combinators.combine(radii, steps.list().ofMinSize(4).ofMaxSize(40))
        .as(GroupingPropertyTest::judge);
  }

  private static Judged judge(int radius, List<Step> steps) {
    Album album = new Album(radius);
    for (Step step : steps) {
      switch (step.act) {
        case ADD -> album.add(step.collection, step.id, step.picture);
        case ADD_BLANK ->
            album.add(
                step.collection,
                step.id,
                Album.blank(Album.ones(step.id.length()), "blank" + step.id.length()));
        case REMOVE -> album.remove(step.collection, step.id);
      }
    }
    return new Judged(radius, album);
  }

  /** By walking from match to match until nothing more is reached. */
  private static List<Set<ImageRow>> components(Album album) {
    List<Set<ImageRow>> components = new ArrayList<>();
    for (ImageRow row : album.rows()) {
      if (!standingMatches(album, row).isEmpty()
          && components.stream().noneMatch(component -> component.contains(row))) {
        Set<ImageRow> component = new HashSet<>(Set.of(row));
        boolean isGrowing = true;
        while (isGrowing) {
          isGrowing =
              component.addAll(
                  album.rows().stream()
                      .filter(
                          other -> component.stream().anyMatch(member -> isMatch(member, other)))
                      .toList());
        }
        components.add(component);
      }
    }
    return components;
  }

  private static boolean isMatch(ImageRow one, ImageRow other) {
    return one.image().collection().equals(other.image().collection())
        && (matches(one).stream().anyMatch(match -> match.position() == position(other))
            || matches(other).stream().anyMatch(match -> match.position() == position(one)));
  }

  private static List<Match> standingMatches(Album album, ImageRow row) {
    return matches(row).stream()
        .filter(match -> album.isThere(row.image().collection(), match.position()))
        .toList();
  }

  private static List<Match> matches(ImageRow row) {
    return row.verdict() instanceof Verdict.DuplicateFound found ? found.matches() : List.of();
  }

  private static long position(ImageRow row) {
    return switch (row.verdict()) {
      case Verdict.Unique unique -> unique.position();
      case Verdict.DuplicateFound found -> found.position();
      case Verdict.DownloadFailed failed -> throw new AssertionError(failed);
    };
  }

  private static int distance(ImageRow one, ImageRow other) {
    return Album.distance(fingerprint(one), fingerprint(other));
  }

  private static Fingerprint fingerprint(ImageRow row) {
    return switch (row.verdict()) {
      case Verdict.Unique unique -> unique.fingerprint();
      case Verdict.DuplicateFound found -> found.fingerprint();
      case Verdict.DownloadFailed failed -> throw new AssertionError(failed);
    };
  }
}
