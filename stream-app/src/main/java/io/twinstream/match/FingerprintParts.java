package io.twinstream.match;

import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.TurnedHash;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a fingerprint has besides what every one has and what matching keeps: by it the matcher
 * knows what stands in the fingerprint log without reading it.
 *
 * @param measured whether there are measures
 * @param turned the ways in which it has turned hashes
 * @param algorithms its hashes, but for the one that is matched by
 */
public record FingerprintParts(boolean measured, Set<Orientation> turned, Set<String> algorithms) {
  /** Nothing besides. */
  public static final FingerprintParts NONE = new FingerprintParts(false, Set.of(), Set.of());

  public FingerprintParts {
    turned = Set.copyOf(turned);
    algorithms = Set.copyOf(algorithms);
  }

  /**
   * The parts of a fingerprint.
   *
   * @param matchedBy the algorithm that is matched by
   */
  static FingerprintParts of(Fingerprint fingerprint, String matchedBy) {
    return new FingerprintParts(
        !fingerprint.measures().isNone(),
        fingerprint.turned().stream().map(TurnedHash::orientation).collect(Collectors.toSet()),
        fingerprint.hashes().stream()
            .map(PerceptualHash::algorithm)
            .filter(algorithm -> !algorithm.equals(matchedBy))
            .collect(Collectors.toSet()));
  }

  /** Whether other parts are not all among these. */
  boolean lack(FingerprintParts others) {
    return (others.measured && !measured)
        || !turned.containsAll(others.turned)
        || !algorithms.containsAll(others.algorithms);
  }
}
