package io.twinstream.standalone.replay.diff;

import static io.twinstream.standalone.replay.diff.Verdicts.image;
import static io.twinstream.standalone.replay.diff.Verdicts.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Threshold;
import io.twinstream.standalone.replay.diff.Change.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparingTest {
  private static final RunName LIVE = new RunName("live", List.of());
  private static final RunName WIDE = new RunName("wide", List.of("only collection shop"));
  private static final Verdicts AT_40 = new Verdicts("live", 40);
  private static final Verdicts AT_90 = new Verdicts("wide", 90);

  private final Judged held = new Judged();

  @Test
  void whatWasUniqueAndHasAnOriginalIsANewDuplicate() {
    held.judged(AT_40.unique(image("a")));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.duplicate(image("a"), "o", 60));

    Difference difference = comparing.difference(LIVE, WIDE);
    assertThat(difference.changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.kind()).isEqualTo(Kind.NEW_DUPLICATE);
          assertThat(change.image()).isEqualTo(key("a"));
          assertThat(change.source()).isEqualTo("file:///pictures/a");
          assertThat(change.distance()).isEqualTo(60);
          assertThat(change.originals()).containsExactly(key("o"));
        });
    assertThat(difference.same()).isZero();
    assertThat(difference.both()).isOne();
  }

  @Test
  void whatHadAnOriginalAndIsUniqueIsNoLongerADuplicate() {
    held.judged(AT_40.duplicate(image("a"), "o", 30));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.unique(image("a")));

    assertThat(comparing.difference(LIVE, WIDE).byDistance(Kind.NO_LONGER_DUPLICATE))
        .isEqualTo(Map.of(30, 1L));
  }

  @Test
  void aDuplicateOfAnotherImageHasAnotherOriginal() {
    held.judged(AT_40.duplicate(image("a"), "o", 30));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.duplicate(image("a"), "earlier", 70));

    assertThat(comparing.difference(LIVE, WIDE).of(Kind.OTHER_ORIGINAL))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.originals()).containsExactly(key("o"), key("earlier"));
          assertThat(change.distance()).isEqualTo(70);
        });
  }

  @Test
  void equalVerdictsAreTheSame() {
    held.judged(AT_40.unique(image("a")));
    held.judged(AT_40.duplicate(image("b"), "a", 30));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.unique(image("a")));
    comparing.compare(AT_90.duplicate(image("b"), "a", 30));

    Difference difference = comparing.difference(LIVE, WIDE);
    assertThat(difference.changes()).isEmpty();
    assertThat(difference.same()).isEqualTo(2);
    assertThat(difference.a().images()).isEqualTo(2);
    assertThat(difference.b().images()).isEqualTo(2);
  }

  @Test
  void whatOnlyOneHasIsNoChange() {
    held.judged(AT_40.unique(image("a")));
    held.judged(AT_40.unique(image("b")));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.duplicate(image("c"), "a", 60));

    Difference difference = comparing.difference(LIVE, WIDE);
    assertThat(difference.onlyA()).isEqualTo(2);
    assertThat(difference.onlyB()).isOne();
    assertThat(difference.changes()).isEmpty();
    assertThat(difference.both()).isZero();
  }

  @Test
  void theRunThatIsInMemoryMayBeTheSecond() {
    held.judged(AT_40.unique(image("a")));
    held.judged(AT_40.unique(image("b")));
    Comparing comparing = Comparing.withSecond(held);

    comparing.compare(AT_90.duplicate(image("a"), "o", 60));

    Difference difference = comparing.difference(WIDE, LIVE);
    assertThat(difference.of(Kind.NO_LONGER_DUPLICATE)).hasSize(1);
    assertThat(difference.onlyA()).isZero();
    assertThat(difference.onlyB()).isOne();
    assertThat(difference.a().run()).isEqualTo("wide");
    assertThat(difference.a().thresholds()).containsExactly(new Threshold("PDQ", 90));
    assertThat(difference.a().limits()).containsExactly("only collection shop");
    assertThat(difference.b().images()).isEqualTo(2);
  }

  @Test
  void theLastVerdictOfAnImageHolds() {
    held.judged(new Verdicts("live", 20).unique(image("a")));
    held.judged(AT_40.duplicate(image("a"), "o", 30));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.duplicate(image("a"), "o", 30));

    Difference difference = comparing.difference(LIVE, WIDE);
    assertThat(difference.same()).isOne();
    assertThat(difference.a().images()).isOne();
    assertThat(difference.a().thresholds()).containsExactly(new Threshold("PDQ", 40));
  }

  @Test
  void whatWasRemovedOrHasFailedSinceHasNoPart() {
    held.judged(AT_40.unique(image("removed")));
    held.removed(key("removed"));
    held.removed(key("never there"));
    held.judged(AT_40.unique(image("failed")));
    held.judged(AT_40.failed(image("failed")));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.unique(image("removed")));
    comparing.compare(AT_90.unique(image("failed")));

    Difference difference = comparing.difference(LIVE, WIDE);
    assertThat(difference.onlyA()).isZero();
    assertThat(difference.onlyB()).isEqualTo(2);
    assertThat(difference.a().images()).isZero();
    assertThat(difference.a().judgedAt()).isPresent();
  }

  @Test
  void thresholdsThatChangedAreAllNamed() {
    held.judged(AT_40.unique(image("a")));
    held.judged(new Verdicts("live", 20).unique(image("b")));

    Difference difference = Comparing.withFirst(held).difference(LIVE, WIDE);

    assertThat(difference.a().thresholds())
        .containsExactly(new Threshold("PDQ", 20), new Threshold("PDQ", 40));
    assertThat(difference.a().text())
        .isEqualTo(
            "live: 2 images by PDQ at radius 20, and PDQ at radius 40, judged until"
                + " 2026-05-04T10:20:30Z");
    assertThat(difference.b().text()).isEqualTo("wide: 0 images; it judged only collection shop");
  }

  @Test
  void anImageWithAnotherPictureIsSaidToBeReplaced() {
    held.judged(AT_40.unique(image("a"), 7));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.duplicate(image("a"), "o", 60));

    assertThat(comparing.difference(LIVE, WIDE).replaced()).isOne();
  }

  @Test
  void thoseMostInDoubtComeFirst() {
    List.of("n1", "n2", "n3").forEach(id -> held.judged(AT_40.unique(image(id))));
    held.judged(AT_40.duplicate(image("l1"), "o", 5));
    held.judged(AT_40.duplicate(image("l2"), "o", 2));
    Comparing comparing = Comparing.withFirst(held);

    comparing.compare(AT_90.unique(image("l1")));
    comparing.compare(AT_90.unique(image("l2")));
    comparing.compare(AT_90.duplicate(image("n2"), "o", 50));
    comparing.compare(AT_90.duplicate(image("n1"), "o", 50));
    comparing.compare(AT_90.duplicate(image("n3"), "o", 80));

    assertThat(comparing.difference(LIVE, WIDE).changes())
        .extracting(change -> change.image().id())
        .containsExactly("n3", "n1", "n2", "l2", "l1");
  }
}
