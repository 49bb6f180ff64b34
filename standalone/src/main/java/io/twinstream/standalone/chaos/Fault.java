package io.twinstream.standalone.chaos;

import java.time.Duration;
import java.util.Locale;

/** What is done to a process. */
enum Fault {
  KILL("kill -9 of %s; started again at once", 0, 0),
  KILL_AND_LOSE("kill -9 of %s; its state directory deleted, started again at once", 0, 0),
  // Longer than the session: the others take its work over, and give it back.
  KILL_AND_LEAVE("kill -9 of %s; started again after %d s", 13, 22),
  STOP("SIGTERM to %s; started again at once", 0, 0),
  VISIT("%s added; stopped for good after %d s", 15, 30),
  // Beyond the session and the transaction time-out: it wakes up as a zombie and has to be fenced.
  PAUSE("SIGSTOP to %s; SIGCONT after %d s", 14, 24),
  KILL_DECODERS("kill -9 of the decoders of %s", 0, 0),
  // Before it has opened its stores, or while it works.
  FILL_DISK("%s added on a small tmpfs, which is full after %d s", 0, 20),
  KILL_BROKER("kill -9 of %s; started again after %d s", 0, 9),
  STOP_BROKER("SIGTERM to %s; started again after %d s", 0, 9),
  SLOW_BROKER("SIGSTOP and SIGCONT to %s in turns for %d s", 8, 20);

  private final String text;
  private final int least;
  private final int most;

  Fault(String text, int least, int most) {
    this.text = text;
    this.least = least;
    this.most = most;
  }

  boolean isKill() {
    return switch (this) {
      case KILL, KILL_AND_LOSE, KILL_AND_LEAVE, KILL_BROKER -> true;
      default -> false;
    };
  }

  boolean isOfBroker() {
    return switch (this) {
      case KILL_BROKER, STOP_BROKER, SLOW_BROKER -> true;
      default -> false;
    };
  }

  /** The shortest time that it may last, in seconds. */
  int least() {
    return least;
  }

  /** The longest. */
  int most() {
    return most;
  }

  /** As it stands in a report. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** For a person. */
  String told(String whom, Duration lasting) {
    return text.formatted(whom, lasting.toSeconds());
  }
}
