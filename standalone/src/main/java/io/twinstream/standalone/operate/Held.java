package io.twinstream.standalone.operate;

import io.twinstream.schema.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a partition of the matcher goes by.
 *
 * @param algorithm of all that it has stored; empty if that is nothing
 * @param history what held one after the other, as far as is known, with what waits to be adopted;
 *     no two neighbours are equal
 * @param adopted whether the last of them holds whatever instances are told
 */
public record Held(String algorithm, List<Threshold> history, boolean adopted) {
  public Held {
    history = List.copyOf(history);
  }

  Held then(Threshold next, boolean isAdopted) {
    List<Threshold> longer = new ArrayList<>(history);
    if (!now().equals(Optional.of(next))) {
      longer.add(next);
    }
    return new Held(algorithm, longer, isAdopted);
  }

  /** Whether what was judged by a threshold can have been judged here. */
  boolean isMatchedBy(Threshold threshold) {
    return algorithm.isEmpty() || algorithm.equals(threshold.algorithm());
  }

  /** What holds; empty if it is not known, since nothing was ever judged. */
  public Optional<Threshold> now() {
    return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
  }

  /** What held before that; empty if it is not known. */
  public Optional<Threshold> before() {
    return history.size() < 2 ? Optional.empty() : Optional.of(history.get(history.size() - 2));
  }

  /** Whether a threshold was adopted already. */
  public boolean has(Threshold threshold) {
    return adopted && now().equals(Optional.of(threshold));
  }
}
