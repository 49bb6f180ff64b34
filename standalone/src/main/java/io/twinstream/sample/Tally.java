package io.twinstream.sample;

import java.util.function.Function;

/** Counts ready pictures. For all threads that make them. */
final class Tally {
  private final int total;
  private final Progress progress;
  private int done;
  private int reported;

  Tally(int total, Progress progress) {
    this.total = total;
    this.progress = progress;
  }

  /** The same work, counted. */
  <T, R> Function<T, R> counting(Function<T, R> work) {
    return input -> {
      R result = work.apply(input);
      count();
      return result;
    };
  }

  /** Pictures that were counted and have to be made again. */
  synchronized void discount(int pictures) {
    done -= pictures;
  }

  private synchronized void count() {
    done++;
    if (done > reported) {
      reported = done;
      progress.ready(done, total);
    }
  }
}
