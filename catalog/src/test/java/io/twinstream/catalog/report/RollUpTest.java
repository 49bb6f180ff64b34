package io.twinstream.catalog.report;

import static io.twinstream.catalog.Album.ones;
import static io.twinstream.catalog.Album.picture;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.catalog.Album;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.report.RollUp.LeftOut;
import io.twinstream.catalog.report.RollUp.Remainder;
import io.twinstream.catalog.report.RollUp.Reuse;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RollUpTest {
  @Test
  void ofAChosenAttributeEveryPairIsListed() {
    List<Duplicate> duplicates = ofManyValues();

    assertThat(RollUp.of(duplicates, List.of("agent"), true))
        .hasSize(RollUp.MAX_PAIRS + 2)
        .allMatch(line -> line instanceof Reuse);
  }

  @Test
  void ofAnotherAttributeTheLargestPairsAreListedAndTheRestIsASum() {
    List<Duplicate> duplicates = new ArrayList<>(ofManyValues());
    duplicates.addAll(ofManyValues());
    Duplicate last = duplicates.getLast();
    duplicates.add(last);

    List<RollUp.Line> lines = RollUp.of(duplicates, List.of("agent"), false);

    assertThat(lines).hasSize(RollUp.MAX_PAIRS + 1);
    assertThat((Reuse) lines.getFirst())
        .returns(agent(last.row()), Reuse::value)
        .returns(3L, Reuse::duplicates);
    assertThat(lines).last().isEqualTo(new Remainder("agent", 2, 4, 2));
    assertThat(
            lines.stream()
                .mapToLong(line ->
                    switch (line) {
                      case Reuse reuse -> reuse.duplicates();
                      case Remainder remainder -> remainder.duplicates();
                      case LeftOut leftOut -> 0;
                    })
                .sum())
        .isEqualTo(duplicates.size());
  }

  /** Two more than are listed of an attribute that nobody asked for; every second one is exact. */
  private static List<Duplicate> ofManyValues() {
    Map<Match.Kind, Duplicate> samples =
        duplicates(List.of(0, 0, 0, 0, 0, 0, 0)).stream()
            .collect(Collectors.toMap(one -> one.match().kind(), one -> one, (one, other) -> one));
    return IntStream.range(0, RollUp.MAX_PAIRS + 2)
        .mapToObj(value ->
            withValue(samples.get(value % 2 == 0 ? Match.Kind.NEAR : Match.Kind.EXACT), value))
        .toList();
  }

  @Test
  void attributesBeyondTheMostAreCounted() {
    List<String> names =
        IntStream.range(0, RollUp.MAX_ATTRIBUTES + 3).mapToObj(Integer::toString).toList();

    assertThat(RollUp.of(List.of(), names, false))
        .last()
        .isEqualTo(
            new LeftOut("", "3 further attributes: the first 20 are rolled up; --roll-up chooses"));
  }

  @Property(tries = 200)
  void everyDuplicateIsCountedOnceAndTheMostComeFirst(
      @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> agents) {
    List<Duplicate> duplicates = duplicates(agents);

    List<Reuse> reuses =
        RollUp.of(duplicates, List.of("agent"), true).stream()
            .flatMap(line -> line instanceof Reuse reuse ? Stream.of(reuse) : Stream.empty())
            .toList();

    assertThat(reuses.stream().mapToLong(Reuse::duplicates).sum()).isEqualTo(duplicates.size());
    assertThat(reuses.stream().map(Reuse::duplicates).toList())
        .isSortedAccordingTo((one, other) -> Long.compare(other, one));
    assertThat(reuses)
        .allSatisfy(reuse -> {
          List<Duplicate> counted = duplicates.stream().filter(one -> isOf(reuse, one)).toList();
          assertThat(reuse.duplicates()).isEqualTo(counted.size());
          assertThat(reuse.originals())
              .isEqualTo(counted.stream().map(one -> one.match().id()).distinct().count());
          assertThat(reuse.example().match().distance())
              .isEqualTo(
                  counted.stream().mapToInt(one -> one.match().distance()).min().orElseThrow());
        });
  }

  private static boolean isOf(Reuse reuse, Duplicate duplicate) {
    return reuse.value().equals(agent(duplicate.row()))
        && reuse.originalValue().equals(agent(duplicate.original().orElseThrow()));
  }

  private static String agent(ImageRow row) {
    return row.image().attributes().text("agent");
  }

  /** One picture each, the pictures of three originals by turns, in the order of the originals. */
  private static List<Duplicate> duplicates(List<Integer> agents) {
    Album album = new Album(4);
    for (int number = 0; number < agents.size(); number++) {
      album.add(image(number, agents.get(number)), picture(ones(20 * (number % 3) + number % 2)));
    }
    List<ImageRow> rows = album.rows();
    Originals originals = new Originals(rows);
    return rows.stream()
        .filter(row -> row.verdict() instanceof Verdict.DuplicateFound)
        .map(row -> Duplicate.of(row, (Verdict.DuplicateFound) row.verdict(), originals))
        .sorted((one, other) -> Long.compare(one.match().position(), other.match().position()))
        .toList();
  }

  private static ImageMetadata image(int id, int agent) {
    return new ImageMetadata(
        "default", "i" + id, "", Attributes.ofTexts(Map.of("agent", "f" + agent)));
  }

  private static Duplicate withValue(Duplicate duplicate, int agent) {
    ImageRow row = duplicate.row();
    return new Duplicate(
        new ImageRow(row.event(), row.at(), row.origin(), image(1, agent), row.verdict()),
        duplicate.verdict(),
        duplicate.original(),
        duplicate.state());
  }
}
