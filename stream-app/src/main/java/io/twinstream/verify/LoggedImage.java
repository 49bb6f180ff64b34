package io.twinstream.verify;

import io.twinstream.schema.Codes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.PerceptualHash;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the log says of an image, from one record of its key to the next. */
final class LoggedImage {
  /** There is no next record. */
  static final long FOR_EVER = Long.MAX_VALUE;

  private final ImageKey key;
  private final long position;
  private final EventId event;
  private final boolean again;
  private final String sha256;
  private final String pixelsSha256;
  private final boolean featureless;
  private final Map<String, Codes> codes;
  private final long from;
  private long to = FOR_EVER;

  /**
   * @param from the offset of its record
   * @param again whether the record before it in the log gave it the same position
   */
  LoggedImage(ImageKey key, FingerprintRecord logged, long from, boolean again) {
    Fingerprint fingerprint = logged.fingerprint();
    this.key = key;
    this.position = logged.position();
    this.event = logged.event();
    this.from = from;
    this.again = again;
    this.sha256 = fingerprint.sha256();
    this.pixelsSha256 = fingerprint.pixelsSha256();
    this.featureless = fingerprint.isFeatureless();
    this.codes =
        fingerprint.hashes().stream()
            .map(PerceptualHash::algorithm)
            .collect(
                Collectors.toMap(
                    Function.identity(), name -> fingerprint.codes(name).orElseThrow()));
  }

  ImageKey key() {
    return key;
  }

  long position() {
    return position;
  }

  EventId event() {
    return event;
  }

  long from() {
    return from;
  }

  /** The offset of the record that ended it, or {@link #FOR_EVER}. */
  long to() {
    return to;
  }

  void endAt(long offset) {
    to = offset;
  }

  boolean featureless() {
    return featureless;
  }

  /** Null if it has none under that algorithm. */
  Codes codes(String algorithm) {
    return codes.get(algorithm);
  }

  String pixelsSha256() {
    return pixelsSha256;
  }

  boolean isExact(String otherSha256, String otherPixelsSha256) {
    return sha256.equals(otherSha256)
        || (!pixelsSha256.isEmpty() && pixelsSha256.equals(otherPixelsSha256));
  }

  /** Whether what is known of it can have held at some time between. */
  boolean isPossible(long first, long last) {
    return from <= last && to > first;
  }

  /** Whether it held all the time between. */
  boolean isCertain(long first, long last) {
    return from <= first && to > last;
  }

  /**
   * Whether since then it may have had its position with another record, which has left the log.
   */
  boolean isObscure(long first) {
    return !again && from > first;
  }
}
