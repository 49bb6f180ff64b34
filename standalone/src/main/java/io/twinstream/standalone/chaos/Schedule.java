package io.twinstream.standalone.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is done when, and to whom: the same seed gives the same.
 *
 * @param steps in order of time
 */
record Schedule(List<Step> steps) {
  /** On average, where the length of the run leaves a choice. */
  private static final Duration BETWEEN = Duration.ofSeconds(12);

  /** Once each kind has been there, mostly what is hardest. */
  private static final List<Fault> MOSTLY =
      List.of(
          Fault.KILL,
          Fault.KILL,
          Fault.KILL_AND_LOSE,
          Fault.KILL_AND_LEAVE,
          Fault.KILL_BROKER,
          Fault.PAUSE,
          Fault.KILL);

  Schedule {
    steps = List.copyOf(steps);
  }

  /**
   * A fault.
   *
   * @param at since the beginning
   * @param target of the instances or of the brokers, 0 or more; without a meaning for a visitor
   * @param lasting until it is mended; zero where that is at once
   */
  record Step(Duration at, Fault fault, int target, Duration lasting) {}

  /**
   * Each kind at least once, however short it is, and as many as there is time for.
   *
   * @param instances that are there all the time, 1 or more
   * @param brokers 1 or more
   */
  static Schedule of(long seed, Duration length, int instances, int brokers) {
    Random random = new Random(seed);
    long count = Math.max(Fault.values().length, length.dividedBy(BETWEEN));
    List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
    Collections.shuffle(faults, random);
    while (faults.size() < count) {
      List<Fault> more = new ArrayList<>(MOSTLY);
      Collections.shuffle(more, random);
      faults.addAll(more.subList(0, (int) Math.min(more.size(), count - faults.size())));
    }
    List<Step> steps = new ArrayList<>();
    double slot = (double) length.toMillis() / faults.size();
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      // Anywhere in its slot: sometimes right after the one before, sometimes long after.
      long at = (long) ((i + random.nextDouble()) * slot);
      int target = random.nextInt(fault.isOfBroker() ? brokers : instances);
      int lasting = fault.least() + random.nextInt(fault.most() - fault.least() + 1);
      steps.add(new Step(Duration.ofMillis(at), fault, target, Duration.ofSeconds(lasting)));
    }
    return new Schedule(steps);
  }
}
