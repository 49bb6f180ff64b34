package io.twinstream.standalone.chaos;

import io.twinstream.schema.FailureReason;
import io.twinstream.standalone.verify.VerifyReport;
import java.util.List;
import java.util.Map;

/**
 * What was done, and what came of it.
 *
 * @param seed of the schedule and of the events
 * @param brokers that there were
 * @param instances that there were all the time
 * @param sabotage what was done wrong on purpose
 * @param images events of images that were sent
 * @param removals events that were sent to remove one
 * @param unreadable what was sent and is no event
 * @param unavailable of the images, those that nobody can fetch or decode
 * @param kills processes that were ended by kill -9, decoders and those on a full disk not counted
 * @param faults how often each kind was there
 * @param seconds all of it took
 * @param verified what the check says of all verdicts
 * @param leftovers what may not be there in the end
 * @param journal what happened when
 */
public record ChaosReport(
    long seed,
    int brokers,
    int instances,
    String sabotage,
    int images,
    int removals,
    int unreadable,
    int unavailable,
    long kills,
    Map<String, Long> faults,
    long seconds,
    VerifyReport verified,
    Leftovers leftovers,
    List<JournalEntry> journal) {
  /** Tries that fall into faults: decoders that were killed twice, hosts that were left alone. */
  private static final double LOST_DOWNLOADS = 0.02;

  public ChaosReport {
    faults = Map.copyOf(faults);
    journal = List.copyOf(journal);
  }

  /** Whether everything that was sent has come to its one right end, and nothing is left over. */
  public boolean isRight() {
    return !verified.isBroken()
        && verified.unverifiable() == 0
        && verified.underWay() == 0
        && verified.events() == (long) images + unreadable
        && verified.deadLetters() == unreadable
        && hasFetched()
        && leftovers.areNone();
  }

  /** Otherwise all verdicts may be right, and the run has proved nothing. */
  private boolean hasFetched() {
    long failed =
        verified.failures().entrySet().stream()
            .filter(one -> !one.getKey().equals(FailureReason.SUPERSEDED.toString()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return failed <= unavailable + (long) (images * LOST_DOWNLOADS);
  }
}
