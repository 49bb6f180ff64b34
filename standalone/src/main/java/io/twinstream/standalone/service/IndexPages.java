package io.twinstream.standalone.service;

import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamApp.Answers;
import io.twinstream.hash.HashAlgorithms;
import io.twinstream.index.IndexStats;
import io.twinstream.match.Lookup;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Threshold;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.HealthEndpoint.Page;
import io.twinstream.topology.IndexQuery;
import io.twinstream.topology.IndexStatus;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;

/** What an instance tells of its indexes: {@code /index} and {@code /index/lookup}. */
public final class IndexPages {
  /** How many hits are listed by default. */
  public static final int DEFAULT_LIMIT = 50;

  private static final int MAX_LIMIT = 1000;

  // More at a time would do nothing but wait for each other.
  private final Semaphore turn = new Semaphore(1);

  private final Threshold threshold;
  private final int bits;
  private final Supplier<Optional<StreamApp>> app;

  /**
   * Of one instance.
   *
   * @param app empty before it is started
   */
  public IndexPages(Threshold threshold, Supplier<Optional<StreamApp>> app) {
    this.threshold = threshold;
    this.bits = HashAlgorithms.named(threshold.algorithm()).bits();
    this.app = app;
  }

  /** The pages by their paths. */
  public Map<String, Page> all() {
    return Map.of("/index", _ -> status(), "/index/lookup", this::lookUp);
  }

  /**
   * How the index of a partition is.
   *
   * @param radius within which it searches, in bits: that of the options, or what was adopted
   * @param featureless of its images, those that are found by their bytes or pixels alone
   * @param views by their names; featureless images are in none of them
   */
  public record PartitionIndex(
      int partition,
      int radius,
      long images,
      long featureless,
      int collections,
      long buildMs,
      Map<String, IndexStats> views) {
    private static PartitionIndex of(int partition, IndexStatus status) {
      Map<String, IndexStats> views = new TreeMap<>();
      status.views().forEach((view, stats) -> views.put(view.toString(), stats));
      return new PartitionIndex(
          partition,
          status.radius(),
          status.images(),
          status.featureless(),
          status.collections(),
          status.buildTime().toMillis(),
          views);
    }
  }

  /**
   * What an instance says of its indexes.
   *
   * @param partitions that it matches itself
   * @param standbys copies that it keeps of others
   */
  public record InstanceIndex(
      String algorithm, List<PartitionIndex> partitions, List<Standby> standbys) {}

  /**
   * A copy.
   *
   * @param lag by how many offsets of the changelog it is behind; 1 if it has all, as the end of
   *     the last transaction has an offset, too
   */
  public record Standby(int partition, long lag) {
    /** Whether it could take over with nothing left to read. */
    public boolean hasAll() {
      return lag <= 1;
    }
  }

  /**
   * What is near a hash.
   *
   * @param radius in bits
   * @param searched how many images of that collection this instance has
   * @param count how many of these are near, listed or not
   */
  public record InstanceLookup(
      String algorithm,
      int radius,
      String collection,
      long searched,
      long count,
      List<FoundImage> found) {}

  /**
   * An image.
   *
   * @param view of which part of it the hash is that is so near
   * @param distance in bits
   */
  public record FoundImage(String id, long position, int distance, String view) {}

  private Optional<InstanceIndex> status() {
    return ask(new IndexQuery.Status())
        .map(partitions ->
            new InstanceIndex(
                threshold.algorithm(),
                partitions.answers().entrySet().stream()
                    .map(one -> PartitionIndex.of(one.getKey(), one.getValue()))
                    .toList(),
                standbys()));
  }

  private List<Standby> standbys() {
    try {
      return app
          .get()
          .map(StreamApp::standbys)
          .orElseGet(Collections::emptySortedMap)
          .entrySet()
          .stream()
          .map(one -> new Standby(one.getKey(), one.getValue()))
          .toList();
    } catch (IllegalStateException | StreamsException e) {
      // It is starting or stopping, or the cluster does not answer.
      return List.of();
    }
  }

  private Optional<InstanceLookup> lookUp(Map<String, String> asked) {
    int radius = number(asked, "radius", Lookup.AS_MATCHED, bits);
    int limit = number(asked, "limit", DEFAULT_LIMIT, MAX_LIMIT);
    String collection = asked.getOrDefault("collection", ImageKey.DEFAULT_COLLECTION);
    BinaryCode code = code(asked.getOrDefault("hash", ""));
    return ask(new IndexQuery.LookUp(collection, code, radius, limit))
        .filter(all -> !all.answers().isEmpty())
        // The collection may be where nobody can answer just now.
        .filter(all ->
            all.complete() || all.answers().values().stream().anyMatch(it -> it.searched() > 0))
        .map(all -> {
          List<Lookup> lookups = List.copyOf(all.answers().values());
          return new InstanceLookup(
              threshold.algorithm(),
              lookups.stream().mapToInt(Lookup::radius).max().orElseThrow(),
              collection,
              lookups.stream().mapToLong(Lookup::searched).sum(),
              lookups.stream().mapToLong(Lookup::count).sum(),
              lookups.stream()
                  .flatMap(lookup -> lookup.hits().stream())
                  .sorted(Comparator.comparingLong(Lookup.Hit::position))
                  .map(hit ->
                      new FoundImage(
                          hit.id(), hit.position(), hit.distance(), hit.view().toString()))
                  .toList());
        });
  }

  private static int number(Map<String, String> asked, String name, int otherwise, int most) {
    String text = asked.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new RefusedException("%s is 0 to %d, not %s".formatted(name, most, text));
  }

  private BinaryCode code(String hash) {
    int digits = (bits + 7) / 8 * 2;
    if (hash.length() != digits || !hash.chars().allMatch(HexFormat::isHexDigit)) {
      throw new RefusedException(
          "a hash by %s is %d hexadecimal digits, not %s"
              .formatted(threshold.algorithm(), digits, hash));
    }
    return BinaryCode.ofHex(hash, bits);
  }

  /** Empty if the app can't be asked now. */
  private <R> Optional<Answers<R>> ask(IndexQuery<R> query) {
    if (!turn.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return app.get().map(it -> it.ask(query));
    } catch (InvalidStateStoreException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    } finally {
      turn.release();
    }
  }
}
