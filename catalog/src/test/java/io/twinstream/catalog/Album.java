package io.twinstream.catalog;

import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Images that are judged as the stream app judges them, only by comparing each with all before it.
 * Each is handed in as a record of one topic partition.
 */
public final class Album {
  /** The width of its codes. */
  public static final int BITS = 64;

  /** When everything is judged. */
  public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final String ALGORITHM = "Test(64)";

  private Threshold threshold;
  private final Map<ImageKey, Placed> standing = new LinkedHashMap<>();
  private final Map<ImageKey, ImageRow> latest = new LinkedHashMap<>();
  private final Map<String, Long> positions = new HashMap<>();
  private long offset;

  /** An empty one in which codes of at most so many different bits are alike. */
  public Album(int radius) {
    this.threshold = new Threshold(ALGORITHM, radius);
  }

  /** Judges what comes from now on by another radius. */
  public void judgeBy(int radius) {
    threshold = new Threshold(ALGORITHM, radius);
  }

  private record Placed(long position, Fingerprint fingerprint) {}

  /** A code in which these bits are set. */
  public static BinaryCode code(int... bits) {
    byte[] bytes = new byte[BITS / 8];
    for (int bit : bits) {
      bytes[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
    }
    return BinaryCode.ofBytes(bytes, BITS);
  }

  /** A code in which the first so many bits are set. */
  public static BinaryCode ones(int count) {
    int[] bits = new int[count];
    for (int bit = 0; bit < count; bit++) {
      bits[bit] = bit;
    }
    return code(bits);
  }

  /** A picture with enough in it; another code makes other bytes. */
  public static Fingerprint picture(BinaryCode code) {
    return picture(code, code.toHex(), 100);
  }

  /** A picture without anything in it. */
  public static Fingerprint blank(BinaryCode code, String bytes) {
    return picture(code, bytes, 0);
  }

  /** A picture. */
  public static Fingerprint picture(BinaryCode code, String bytes, int quality) {
    return new Fingerprint(
        bytes, 1_000, "png", 40, 30, quality, List.of(new PerceptualHash(ALGORITHM, code)));
  }

  /** A picture that has another code when it is turned. */
  public static Fingerprint turned(BinaryCode code, BinaryCode turned) {
    Fingerprint upright = picture(code);
    return new Fingerprint(
        upright.sha256(),
        upright.bytes(),
        upright.format(),
        upright.width(),
        upright.height(),
        upright.quality(),
        upright.hashes(),
        List.of(new TurnedHash(ALGORITHM, Orientation.TURN_90, turned)),
        "",
        Measures.NONE,
        List.of());
  }

  /** What is said of an image. */
  public static ImageMetadata image(String collection, String id) {
    return new ImageMetadata(
        collection, id, "file:///pictures/" + id.replace(' ', '_'), Attributes.NONE);
  }

  /** Hands an image in, in the default collection, and judges it. */
  public ImageRow add(String id, BinaryCode code) {
    return add("default", id, picture(code));
  }

  /** Hands an image in and judges it. */
  public ImageRow add(String collection, String id, Fingerprint picture) {
    return add(image(collection, id), picture);
  }

  /** Hands an image in and judges it. */
  public ImageRow add(ImageMetadata image, Fingerprint picture) {
    String collection = image.collection();
    Placed old = standing.get(image.key());
    boolean isSame = old != null && old.fingerprint.sha256().equals(picture.sha256());
    long position = isSame ? old.position : positions.merge(collection, 1L, Long::sum);
    standing.put(image.key(), new Placed(position, picture));
    List<Match> matches = matches(collection, position, picture);
    EventId event = nextEvent();
    return row(
        image,
        matches.isEmpty()
            ? new Verdict.Unique(
                event, image, Verdict.LIVE, NOW, position, List.of(threshold), picture)
            : new Verdict.DuplicateFound(
                event,
                image,
                Verdict.LIVE,
                NOW,
                position,
                List.of(threshold),
                picture,
                matches.getFirst(),
                matches,
                matches.size()));
  }

  /** Hands an image in that can't be had; a picture that it had before stays in place. */
  public ImageRow fail(String id) {
    return fail(image("default", id));
  }

  /** Hands an image in that can't be had; a picture that it had before stays in place. */
  public ImageRow fail(ImageMetadata image) {
    return row(
        image,
        new Verdict.DownloadFailed(
            nextEvent(),
            image,
            Verdict.LIVE,
            NOW,
            FailureReason.NOT_FOUND,
            "there is no such file",
            false,
            0,
            1));
  }

  /** Takes an image away. */
  public void remove(String collection, String id) {
    standing.remove(new ImageKey(collection, id));
    latest.remove(new ImageKey(collection, id));
    offset++;
  }

  /** Whether this place is still taken. */
  public boolean isThere(String collection, long position) {
    return standing.entrySet().stream()
        .anyMatch(entry ->
            entry.getKey().collection().equals(collection)
                && entry.getValue().position == position);
  }

  /** The latest row of each image. */
  public List<ImageRow> rows() {
    return List.copyOf(latest.values());
  }

  private EventId nextEvent() {
    return new EventId("image-metadata", 0, offset++);
  }

  private ImageRow row(ImageMetadata image, Verdict verdict) {
    Origin origin = new Origin("album", image.id());
    ImageRow row = new ImageRow(verdict.event(), NOW, origin, image, verdict);
    latest.put(image.key(), row);
    return row;
  }

  private List<Match> matches(String collection, long position, Fingerprint picture) {
    List<Match> matches = new ArrayList<>();
    standing.forEach((key, other) -> {
      if (key.collection().equals(collection)
          && other.position < position
          && isAlike(other.fingerprint, picture)) {
        matches.add(match(key.id(), other, picture));
      }
    });
    matches.sort((one, other) -> Long.compare(one.position(), other.position()));
    return matches;
  }

  private boolean isAlike(Fingerprint one, Fingerprint other) {
    return (one.isFeatureless() || other.isFeatureless())
        ? one.sha256().equals(other.sha256())
        : distance(one, other) <= threshold.radius();
  }

  private static Match match(String id, Placed other, Fingerprint picture) {
    int distance = distance(other.fingerprint, picture);
    boolean isExact = other.fingerprint.sha256().equals(picture.sha256());
    return new Match(
        id,
        other.position,
        isExact ? Match.Kind.EXACT : Match.Kind.NEAR,
        ALGORITHM,
        distance,
        1 - (double) distance / BITS,
        orientation(other.fingerprint, picture, distance));
  }

  private static Orientation orientation(Fingerprint one, Fingerprint other, int distance) {
    BinaryCode code = one.hash(ALGORITHM).orElseThrow();
    return other.turned().stream()
        .filter(turned -> turned.code().distance(code) == distance)
        .map(TurnedHash::orientation)
        .filter(_ -> code.distance(other.hash(ALGORITHM).orElseThrow()) > distance)
        .findFirst()
        .orElse(Orientation.UPRIGHT);
  }

  /** How many bits differ at least, the second picture looked at in all its ways. */
  public static int distance(Fingerprint one, Fingerprint other) {
    BinaryCode code = one.hash(ALGORITHM).orElseThrow();
    return Stream.concat(
            other.hash(ALGORITHM).stream(), other.turned().stream().map(TurnedHash::code))
        .mapToInt(code::distance)
        .min()
        .orElseThrow();
  }
}
