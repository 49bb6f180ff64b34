package io.twinstream.verify;

import io.twinstream.schema.Codes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Likeness;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges anew what a verdict has judged, by comparing its image with every one of lower position
 * that was in its collection then. When exactly a verdict was made is known from the log, if it has
 * the record that was written with it. For another one, of the same bytes again, there is only a
 * span of time: what was there throughout has to be in the verdict, what was there at times may be.
 */
public final class VerdictCheck {
  /** So many matches a verdict counts exactly. */
  private static final long COUNTED = 1000;

  private final LogHistory history;

  /** Against the partition of the log that has the verdict's collection. */
  public VerdictCheck(LogHistory history) {
    this.history = history;
  }

  /**
   * Judges it anew.
   *
   * @param isLatest whether nothing came after its event that could have taken its image out of the
   *     log
   */
  public Finding check(Verdict verdict, boolean isLatest) {
    return switch (verdict) {
      case Verdict.DownloadFailed failed -> Finding.EQUAL;
      case Verdict.Unique unique ->
          check(
              new Judged(
                  unique.event(),
                  unique.image().key(),
                  unique.position(),
                  unique.thresholds().getFirst(),
                  unique.fingerprint(),
                  List.of(),
                  0),
              isLatest);
      case DuplicateFound duplicate ->
          duplicate.matches().isEmpty()
                  || !duplicate.original().equals(duplicate.matches().getFirst())
              ? new Finding.Different("its original is not the first of its matches")
              : check(
                  new Judged(
                      duplicate.event(),
                      duplicate.image().key(),
                      duplicate.position(),
                      duplicate.thresholds().getFirst(),
                      duplicate.fingerprint(),
                      duplicate.matches(),
                      duplicate.matchCount()),
                  isLatest);
    };
  }

  private record Judged(
      EventId event,
      ImageKey key,
      long position,
      Threshold threshold,
      Fingerprint fingerprint,
      List<Match> matches,
      long count) {
    Looked asItCame(Codes codes) {
      return new Looked(codes, fingerprint.pixelsSha256());
    }

    boolean isCut() {
      return matches.size() == DuplicateFound.MAX_MATCHES;
    }
  }

  /** What others are compared with. */
  private record Looked(Codes codes, String pixelsSha256) {}

  private Finding check(Judged judged, boolean isLatest) {
    Codes own = judged.fingerprint.codes(judged.threshold.algorithm()).orElse(null);
    if (own == null) {
      return new Finding.Different(
          "its fingerprint has no %s".formatted(judged.threshold.algorithm()));
    }
    List<LoggedImage> records = history.of(judged.key, judged.position);
    if (records.isEmpty() && isLatest) {
      return new Finding.Different(
          "the log has no record of %s at position %d".formatted(judged.key, judged.position));
    }
    LoggedImage record = null;
    for (LoggedImage one : records) {
      if (one.event().equals(judged.event)) {
        return compare(judged, judged.asItCame(own), one.from(), one.from());
      }
      // Events of an image are judged in their order.
      if (one.event().offset() < judged.event.offset()) {
        record = one;
      }
    }
    Finding finding;
    if (record == null) {
      finding = compare(judged, judged.asItCame(own), 0, LoggedImage.FOR_EVER - 1);
      return finding instanceof Finding.Different ? ownRecordLeft() : finding;
    }
    // The same bytes again keep what is stored, but are looked up turned as they came.
    Codes stored = record.codes(judged.threshold.algorithm());
    return compare(
        judged,
        new Looked(
            stored == null ? own : new Codes(stored.upright(), own.turned()),
            record.pixelsSha256()),
        record.from(),
        record.to() - 1);
  }

  private static Finding ownRecordLeft() {
    return new Finding.Unverifiable("its own record has left the log");
  }

  private Finding compare(Judged judged, Looked own, long first, long last) {
    Map<Long, List<Match>> possible = new HashMap<>();
    NavigableSet<Long> certain = new TreeSet<>();
    Set<Long> obscure = new HashSet<>();
    for (LoggedImage other : history.of(judged.key.collection())) {
      if (other.position() >= judged.position) {
        continue;
      }
      if (other.isObscure(first)) {
        obscure.add(other.position());
      }
      if (other.isPossible(first, last)) {
        Match match = match(judged, own, other);
        if (match != null) {
          possible.computeIfAbsent(other.position(), _ -> new ArrayList<>(1)).add(match);
          if (other.isCertain(first, last)) {
            certain.add(other.position());
          }
        }
      }
    }
    return compare(judged, possible, certain, obscure);
  }

  private Finding compare(
      Judged judged,
      Map<Long, List<Match>> possible,
      NavigableSet<Long> certain,
      Set<Long> obscure) {
    String gone = null;
    long before = -1;
    for (Match listed : judged.matches) {
      if (listed.position() <= before) {
        return new Finding.Different("its matches are not in order of position");
      }
      before = listed.position();
      List<Match> expected = possible.getOrDefault(listed.position(), List.of());
      if (expected.contains(listed)) {
        certain.remove(listed.position());
      } else if (obscure.contains(listed.position()) || history.isUnknown(listed.position())) {
        gone = "%s, a match of it, has left the log".formatted(listed.id());
      } else {
        return new Finding.Different(
            expected.isEmpty()
                ? "it names %s at position %d, which was not alike or not there"
                    .formatted(listed.id(), listed.position())
                : "it says %s, but that is %s".formatted(listed, expected.getFirst()));
      }
    }
    long named = judged.matches.size();
    Long missing = judged.isCut() ? certain.lower(before) : certain.pollFirst();
    if (missing != null) {
      return new Finding.Different(
          "it does not name %s".formatted(possible.get(missing).getFirst()));
    }
    if (judged.isCut() ? judged.count < named : judged.count != named) {
      return new Finding.Different(
          "it counts %d matches and names %d".formatted(judged.count, named));
    }
    if (judged.count < Math.min(named + certain.size(), COUNTED)) {
      return new Finding.Different(
          "it counts %d matches, but there are %d".formatted(judged.count, named + certain.size()));
    }
    if (judged.count > possible.size()) {
      String what = "it counts %d matches, of which %d are known";
      what = what.formatted(judged.count, possible.size());
      return judged.count > possible.size() + obscure.size() + history.unknownBelow(judged.position)
          ? new Finding.Different(what)
          : new Finding.Unverifiable(what);
    }
    return gone == null ? Finding.EQUAL : new Finding.Unverifiable(gone);
  }

  /** What the verdict has to say of another image, null if they are not alike. */
  private static Match match(Judged judged, Looked looked, LoggedImage other) {
    Codes own = looked.codes;
    String algorithm = judged.threshold.algorithm();
    Codes codes = other.codes(algorithm);
    if (codes == null) {
      return null;
    }
    boolean exact = other.isExact(judged.fingerprint.sha256(), looked.pixelsSha256);
    boolean trusted = !other.featureless() && !judged.fingerprint.isFeatureless();
    Likeness likeness =
        trusted
            ? own.nearest(codes)
            : new Likeness(
                own.whole().distance(codes.whole()), Orientation.UPRIGHT, View.WHOLE, View.WHOLE);
    if (!exact && !(trusted && likeness.distance() <= judged.threshold.radius())) {
      return null;
    }
    return new Match(
        other.key().id(),
        other.position(),
        exact ? Match.Kind.EXACT : Match.Kind.NEAR,
        algorithm,
        likeness.distance(),
        1 - (double) likeness.distance() / own.whole().bits(),
        likeness.orientation(),
        likeness.view(),
        likeness.matchedView());
  }
}
