package io.twinstream.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.standalone.chaos.Schedule.Step;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  private static final int INSTANCES = 3;
  private static final int BROKERS = 2;

  private static Schedule of(long seed, int minutes) {
    return Schedule.of(seed, Duration.ofMinutes(minutes), INSTANCES, BROKERS);
  }

  private static Stream<Arguments> runs() {
    Random random = new Random(1);
    return Stream.generate(() -> Arguments.of(random.nextLong(), random.nextInt(1, 31))).limit(100);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void everyKindOfFaultComesHoweverShortTheRunIs(long seed, int minutes) {
    assertThat(of(seed, minutes).steps()).extracting(Step::fault).contains(Fault.values());
  }

  @ParameterizedTest
  @MethodSource("runs")
  void tenMinutesHaveTwentyKillsAndMore(long seed) {
    assertThat(of(seed, 10).steps())
        .filteredOn(step -> step.fault().isKill())
        .hasSizeGreaterThanOrEqualTo(20);
  }

  @ParameterizedTest
  @MethodSource("runs")
  void stepsLieWithinTheRunAndInOrderAndAreDoneToWhomThereIs(long seed, int minutes) {
    assertThat(of(seed, minutes).steps())
        .isSortedAccordingTo(Comparator.comparing(Step::at))
        .allSatisfy(step -> {
          assertThat(step.at()).isBetween(Duration.ZERO, Duration.ofMinutes(minutes));
          assertThat(step.target())
              .isBetween(0, (step.fault().isOfBroker() ? BROKERS : INSTANCES) - 1);
          assertThat(step.lasting().toSeconds())
              .isBetween((long) step.fault().least(), (long) step.fault().most());
        });
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theSameSeedGivesTheSame(long seed) {
    assertThat(of(seed, 5)).isEqualTo(of(seed, 5)).isNotEqualTo(of(seed + 1, 5));
  }
}
