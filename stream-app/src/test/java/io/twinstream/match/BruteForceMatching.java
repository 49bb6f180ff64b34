package io.twinstream.match;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.View;
import io.twinstream.schema.ViewedHash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What matching promises (sections 5 and 7 of the design), said once more and as plainly as can be:
 * a list of what is there, in order of position, that is read from end to end for every image.
 */
final class BruteForceMatching {
  private record Placed(long position, ImageKey key, Fingerprint fingerprint) {}

  private final Threshold threshold;
  private final List<Placed> placed = new ArrayList<>();
  private long next;

  BruteForceMatching(Threshold threshold) {
    this.threshold = threshold;
  }

  Judgement judge(ImageKey key, Fingerprint fingerprint) {
    Placed old = find(key);
    boolean again = old != null && old.fingerprint().sha256().equals(fingerprint.sha256());
    boolean more = again && !parts(old.fingerprint()).containsAll(parts(fingerprint));
    if (more) {
      placed.set(placed.indexOf(old), new Placed(old.position(), key, fingerprint));
    } else if (!again) {
      placed.remove(old);
      placed.add(new Placed(next++, key, fingerprint));
    }
    Placed current = find(key);
    List<Match> matches = new ArrayList<>();
    for (Placed other : placed) {
      if (other.position() < current.position()
          && other.key().collection().equals(key.collection())) {
        String pixels = current.fingerprint().pixelsSha256();
        boolean equal =
            other.fingerprint().sha256().equals(fingerprint.sha256())
                || (!pixels.isEmpty() && other.fingerprint().pixelsSha256().equals(pixels));
        Orientation orientation = Orientation.UPRIGHT;
        int distance = distance(code(other.fingerprint()), code(fingerprint));
        boolean trusted =
            other.fingerprint().quality() >= Fingerprint.MIN_QUALITY
                && fingerprint.quality() >= Fingerprint.MIN_QUALITY;
        View view = View.WHOLE;
        View matchedView = View.WHOLE;
        for (View one : trusted ? View.values() : new View[0]) {
          for (View two : View.values()) {
            boolean compared =
                one == View.WHOLE
                    || two == View.WHOLE
                    || (one == View.TRIMMED && two == View.TRIMMED);
            int between = distance(fingerprint, one, other.fingerprint(), two);
            if (compared && between < distance) {
              distance = between;
              view = one;
              matchedView = two;
            }
          }
        }
        for (TurnedHash turned : trusted ? fingerprint.turned() : List.<TurnedHash>of()) {
          int turnedDistance = distance(code(other.fingerprint()), turned.code());
          if (turnedDistance < distance) {
            distance = turnedDistance;
            orientation = turned.orientation();
            view = View.WHOLE;
            matchedView = View.WHOLE;
          }
        }
        if (equal || (trusted && distance <= threshold.radius())) {
          matches.add(match(other, equal, distance, orientation, view, matchedView, current));
        }
      }
    }
    return new Judgement(
        current.position(),
        !again || more,
        matches.subList(0, Math.min(DuplicateFound.MAX_MATCHES, matches.size())),
        matches.size());
  }

  boolean remove(ImageKey key) {
    return placed.removeIf(one -> one.key().equals(key));
  }

  /** What is in a fingerprint, each part by a name of its own. */
  private static Set<String> parts(Fingerprint fingerprint) {
    Set<String> parts = new HashSet<>();
    fingerprint.hashes().forEach(hash -> parts.add(hash.algorithm()));
    fingerprint.turned().forEach(hash -> parts.add("turned " + hash.orientation()));
    if (!fingerprint.pixelsSha256().isEmpty()) {
      parts.add("pixels");
    }
    if (!fingerprint.measures().isNone()) {
      parts.add("measures");
    }
    return parts;
  }

  private Placed find(ImageKey key) {
    return placed.stream().filter(one -> one.key().equals(key)).findFirst().orElse(null);
  }

  private Match match(
      Placed other,
      boolean equal,
      int distance,
      Orientation orientation,
      View view,
      View matchedView,
      Placed current) {
    return new Match(
        other.key().id(),
        other.position(),
        equal ? Match.Kind.EXACT : Match.Kind.NEAR,
        threshold.algorithm(),
        distance,
        1 - distance / (double) code(current.fingerprint()).bits(),
        orientation,
        view,
        matchedView);
  }

  /** The largest number where one of them has no such part. */
  private int distance(Fingerprint one, View view, Fingerprint other, View otherView) {
    return code(one, view)
        .flatMap(code -> code(other, otherView).map(otherCode -> distance(code, otherCode)))
        .orElse(Integer.MAX_VALUE);
  }

  private Optional<BinaryCode> code(Fingerprint fingerprint, View view) {
    return view == View.WHOLE
        ? Optional.of(code(fingerprint))
        : fingerprint.views().stream()
            .filter(part -> part.view() == view)
            .map(ViewedHash::code)
            .findFirst();
  }

  private static int distance(BinaryCode one, BinaryCode other) {
    return new BigInteger(1, one.toBytes()).xor(new BigInteger(1, other.toBytes())).bitCount();
  }

  private BinaryCode code(Fingerprint fingerprint) {
    return fingerprint.hash(threshold.algorithm()).orElseThrow();
  }
}
