package io.twinstream.standalone;

/** How the process ends. */
final class ExitCode {
  /** Everything was done. */
  static final int OK = 0;

  /** Something failed for good. */
  static final int BROKEN = 1;

  /** It was asked for in a way that can't be done. */
  static final int USAGE = 2;

  /** Finished, but some images failed. */
  static final int WITH_FAILURES = 3;

  /** Nothing was found wrong, but some of it could not be told. */
  static final int UNVERIFIABLE = 4;

  /** It could not be looked at. */
  static final int UNSEEN = 5;

  /** Stopped by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
