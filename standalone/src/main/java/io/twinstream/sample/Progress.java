package io.twinstream.sample;

/** Hears how the painting gets on. */
@FunctionalInterface
public interface Progress {
  /**
   * Another picture is ready. Called by one thread at a time, though not always the same one;
   * {@code done} never falls.
   *
   * @param done pictures ready so far
   * @param total pictures planned
   */
  void ready(int done, int total);
}
