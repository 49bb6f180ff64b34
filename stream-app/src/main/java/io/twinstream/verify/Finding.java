package io.twinstream.verify;

/** What was found of one verdict. */
public sealed interface Finding {
  /** It is what it has to be. */
  Finding EQUAL = new Equal();

  /** It is what it has to be. */
  record Equal() implements Finding {}

  /**
   * It is not what it has to be.
   *
   * @param what for a person
   */
  record Different(String what) implements Finding {}

  /**
   * It can't be told: an image that it depends on has left the log.
   *
   * @param what for a person
   */
  record Unverifiable(String what) implements Finding {}
}
