package io.twinstream.verify;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.LinearIndex;
import io.twinstream.match.AlikeFiles;
import io.twinstream.match.ImageIndex;
import io.twinstream.match.InMemoryFingerprintStore;
import io.twinstream.match.Judgement;
import io.twinstream.match.MatchSettings;
import io.twinstream.match.Matcher;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** What a matcher has written. */
public final class WrittenLog {
  /** By which it was matched, in bits. */
  public static final int RADIUS = 12;

  /**
   * A record of the log.
   *
   * @param record null for a removal
   */
  public record Logged(ImageKey key, FingerprintRecord record) {}

  private final Matcher matcher = matcher();
  final TreeMap<Long, Logged> log = new TreeMap<>();
  final List<Verdict> verdicts = new ArrayList<>();
  private final Map<ImageKey, Long> latest = new HashMap<>();
  private long events;

  private static Matcher matcher() {
    InMemoryFingerprintStore store = new InMemoryFingerprintStore();
    return new Matcher(
        new MatchSettings(new Threshold(AlikeFiles.ALGORITHM, RADIUS), Orientations.ALL, Views.ALL),
        store,
        ImageIndex.over(store, LinearIndex::new));
  }

  public static WrittenLog of(long seed, int steps) {
    Random random = new Random(seed);
    WrittenLog made = new WrittenLog();
    for (int step = 0; step < steps; step++) {
      ImageKey key = new ImageKey("abc".substring(random.nextInt(3)), "" + random.nextInt(9));
      if (random.nextInt(6) == 0) {
        made.remove(key);
      } else {
        made.judge(key, AlikeFiles.withSomeParts(AlikeFiles.of(random.nextInt(25)), random));
      }
    }
    return made;
  }

  /** The log, by offset. */
  public NavigableMap<Long, Logged> log() {
    return log;
  }

  /** What was judged, in order. */
  public List<Verdict> verdicts() {
    return verdicts;
  }

  public void remove(ImageKey key) {
    latest.put(key, events++);
    if (matcher.remove(key)) {
      log.put((long) log.size(), new Logged(key, null));
    }
  }

  public void judge(ImageKey key, Fingerprint fingerprint) {
    EventId event = new EventId("image-metadata", 0, events);
    latest.put(key, events++);
    ImageMetadata image = new ImageMetadata(key.collection(), key.id(), "", Attributes.NONE);
    Judgement judgement = matcher.judge(key, fingerprint);
    if (judgement.logged()) {
      log.put(
          (long) log.size(),
          new Logged(key, new FingerprintRecord(judgement.position(), event, image, fingerprint)));
    }
    verdicts.add(
        judgement.verdict(
            event, image, fingerprint, Verdict.LIVE, Instant.EPOCH, matcher.threshold()));
  }

  /** Whether the log has the record that was written with an event's verdict. */
  public boolean isCertain(EventId event) {
    return log.values().stream()
        .anyMatch(logged -> logged.record != null && logged.record.event().equals(event));
  }

  /**
   * As Kafka compacts: up to some offset no key has more than its last record, and of removals some
   * are gone, too.
   */
  public NavigableMap<Long, Logged> compacted(Random random) {
    long end = random.nextInt(log.size() + 1);
    Map<ImageKey, Long> last = new HashMap<>();
    log.headMap(end).forEach((offset, logged) -> last.put(logged.key, offset));
    NavigableMap<Long, Logged> left = new TreeMap<>(log);
    left.headMap(end, false)
        .entrySet()
        .removeIf(entry ->
            entry.getKey() < last.get(entry.getValue().key)
                || (entry.getValue().record == null && random.nextBoolean()));
    return left;
  }

  public Finding check(NavigableMap<Long, Logged> records, Verdict verdict) {
    LogHistory history = new LogHistory();
    records.forEach((offset, logged) -> {
      if (logged.record == null) {
        history.removed(offset, logged.key);
      } else {
        history.logged(offset, logged.key, logged.record);
      }
    });
    boolean isLatest = latest.get(verdict.image().key()) == verdict.event().offset();
    return new VerdictCheck(history).check(verdict, isLatest);
  }
}
