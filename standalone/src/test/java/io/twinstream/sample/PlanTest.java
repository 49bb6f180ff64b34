package io.twinstream.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.sample.Plan.Group;
import io.twinstream.sample.scene.Scene;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, -7, Long.MAX_VALUE})
  void thereIsEnoughOfEverything(long seed) {
    Plan plan = Plan.of(seed, Plan.Extent.FULL);

    assertThat(plan.drafts()).hasSizeGreaterThanOrEqualTo(300);
    assertThat(plan.drafts().stream().map(Draft::path)).doesNotHaveDuplicates();
    assertThat(plan.drafts().stream().map(draft -> draft.scene().kind()).distinct())
        .hasSizeGreaterThanOrEqualTo(12);
    assertThat(plan.groups()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(plan.groups().stream().flatMap(group -> group.edits().stream()))
        .contains(Edit.values());
    assertThat(plan.lookalikes()).hasSizeGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aGroupHasTwoToSixMembersAndNoEditTwice(long seed) {
    assertThat(Plan.of(seed, Plan.Extent.FULL).groups())
        .extracting(Group::edits)
        .allSatisfy(edits -> assertThat(edits).hasSizeBetween(1, 5).doesNotHaveDuplicates());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void lookalikesDifferInTheirLayoutOnly(long seed) {
    Plan plan = Plan.of(seed, Plan.Extent.FULL);

    assertThat(plan.lookalikes())
        .allSatisfy(pair -> {
          Scene one = plan.drafts().get(pair.one()).scene();
          Scene other = plan.drafts().get(pair.other()).scene();
          assertThat(other).isEqualTo(new Scene(one.kind(), one.look(), other.layout()));
          assertThat(other.layout()).isNotEqualTo(one.layout());
        });
  }
}
