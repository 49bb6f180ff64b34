package io.twinstream.standalone.operate;

/** Is told how far something is that can take long. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (_, _, _) -> {};

  /**
   * So much is done. Called often.
   *
   * @param what is being done, for a person
   * @param of how much there is to do
   */
  void at(String what, long done, long of);
}
