package io.twinstream.accuracy;

import java.util.List;

/**
 * What was measured.
 *
 * @param distinct photographs that were taken for distinct
 * @param edited photographs that were edited
 * @param measured by configuration
 * @param lookalikes pictures that look like an earlier one, and so were left out of pairs
 * @param problems files that could not be used, a line each
 * @param missing edits that some photographs don't have, a line each
 */
public record Accuracy(
    int distinct,
    int edited,
    List<Measured> measured,
    List<Lookalike> lookalikes,
    List<String> problems,
    List<String> missing) {
  public Accuracy {
    measured = List.copyOf(measured);
    lookalikes = List.copyOf(lookalikes);
    problems = List.copyOf(problems);
    missing = List.copyOf(missing);
  }

  /**
   * A picture that seems not to be distinct from another.
   *
   * @param distance under the default configuration, in bits
   */
  public record Lookalike(String name, String like, int distance) {}
}
