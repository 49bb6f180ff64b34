package io.twinstream.standalone.replay;

import io.twinstream.app.TopicReader;
import io.twinstream.index.PackedIndex;
import io.twinstream.match.MatchSettings;
import io.twinstream.replay.ReducedLog;
import io.twinstream.replay.ReplayIndex;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The fingerprint log up to a fixed end, which is read twice: once to find the last record of each
 * image, once more to judge these. In memory are the codes, keys and digests of all images.
 */
final class Reduction implements AutoCloseable {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final MatchSettings settings;
  private final Progress progress;
  private final LogPass pass;
  private final LogRange range;
  private final TopicReader reader;
  private final Map<Integer, ReplayIndex> indexes = new HashMap<>();
  // By collection.
  private final Map<String, Integer> partitions = new HashMap<>();

  /**
   * Opens the log.
   *
   * @throws RefusedException if there is none
   */
  Reduction(
      KnownTopics known, Topics topics, MatchSettings settings, LogRange range, Progress progress) {
    this.settings = settings;
    this.range = range;
    this.progress = progress;
    pass = new LogPass(known, range);
    reader = known.open(topics.imageFingerprints(), KnownTopics.MADE_BY);
  }

  /** Where it ends, by partition: a position of consumers, not the offset of a record. */
  Map<Integer, Long> ends() {
    return reader.ends();
  }

  /** Ends where an earlier reduction did. */
  void endAt(Map<Integer, Long> ends) {
    reader.endAt(ends);
  }

  /**
   * Reads it once, and makes the indexes.
   *
   * @throws RefusedException if images lack the hash that is matched by, or there are none
   */
  void read() {
    Map<Integer, ReducedLog> logs = new HashMap<>();
    pass.read(
        reader,
        "the fingerprint log",
        progress,
        entries -> {
          for (LogPass.Entry entry : entries) {
            ReducedLog log = logs.computeIfAbsent(entry.partition(), _ -> new ReducedLog(settings));
            partitions.put(entry.key().collection(), entry.partition());
            if (entry.record() == null) {
              log.removed(entry.key());
            } else {
              log.logged(entry.offset(), entry.key(), entry.record());
            }
          }
        });
    requireHashes(logs.values().stream().toList());
    logs.forEach((partition, log) -> indexes.put(partition, log.index(PackedIndex::new)));
  }

  private void requireHashes(List<ReducedLog> logs) {
    long images = logs.stream().mapToLong(ReducedLog::size).sum();
    if (images == 0) {
      throw new RefusedException(
          "the fingerprint log has no images%s that could be matched"
              .formatted(
                  range.equals(LogRange.ALL) ? "" : " of this collection and before this time"));
    }
    long lacking = logs.stream().mapToLong(ReducedLog::lacking).sum();
    if (lacking == 0) {
      return;
    }
    Map<String, Long> others = new TreeMap<>();
    logs.forEach(log ->
        log.others().forEach((algorithm, count) -> others.merge(algorithm, count, Long::sum)));
    throw new RefusedException(
        ("%,d of %,d images have no %s in the fingerprint log; those have: %s. Choose one that all"
             + " have with --algorithm, or have it made: twinstream stream --more-hashes, and send"
             + " these images once more")
            .formatted(lacking, images, settings.threshold().algorithm(), others));
  }

  /** The partitions that have images. */
  Set<Integer> partitions() {
    return indexes.keySet();
  }

  /** The index of one of them. */
  ReplayIndex index(int partition) {
    return indexes.get(partition);
  }

  /** That of a collection which has images. */
  ReplayIndex index(String collection) {
    return indexes.get(partitions.get(collection));
  }

  /** How many images there are. */
  long images() {
    return indexes.values().stream().mapToLong(ReplayIndex::size).sum();
  }

  /** Of all images and their positions. */
  long checksum() {
    return indexes.entrySet().stream()
        .mapToLong(one -> one.getValue().checksum() * (2L * one.getKey() + 1))
        .sum();
  }

  /** What is made of an image. */
  @FunctionalInterface
  interface Look<T> {
    /** Makes it, in any thread. */
    T at(ReplayIndex.Reader reader, LogPass.Entry entry);
  }

  /**
   * Reads it once more, and looks at the images that are to be judged.
   *
   * @param from where to go on, by partition
   * @param look what is made of each, by several threads
   * @param work is handed that, in order; called by one thread
   */
  <T> void judged(
      Map<Integer, Long> from, String what, Look<T> look, Consumer<List<Looked<T>>> work) {
    reader.skipBefore(reader.starts());
    reader.skipBefore(from);
    pass.read(
        reader,
        what,
        progress,
        entries -> work.accept(looked(entries.stream().filter(this::isLast).toList(), look)));
  }

  /** An image, and what was made of it. */
  record Looked<T>(LogPass.Entry entry, T made) {}

  private boolean isLast(LogPass.Entry entry) {
    return entry.record() != null
        && range.isJudged(entry)
        && indexes.get(entry.partition()).isLast(entry.offset(), entry.record());
  }

  private <T> List<Looked<T>> looked(List<LogPass.Entry> entries, Look<T> look) {
    Map<Integer, Long> highest = new HashMap<>();
    entries.forEach(
        entry -> highest.merge(entry.partition(), entry.record().position(), Math::max));
    highest.forEach((partition, position) -> indexes.get(partition).growTo(position));
    int shares = Math.min(PROCESSORS, entries.size());
    return IntStream.range(0, shares)
        .parallel()
        .mapToObj(share ->
            share(
                entries.subList(
                    share * entries.size() / shares, (share + 1) * entries.size() / shares),
                look))
        .flatMap(List::stream)
        .toList();
  }

  private <T> List<Looked<T>> share(List<LogPass.Entry> entries, Look<T> look) {
    Map<Integer, ReplayIndex.Reader> readers = new HashMap<>();
    return entries.stream()
        .map(entry ->
            new Looked<>(
                entry,
                look.at(
                    readers.computeIfAbsent(entry.partition(), it -> indexes.get(it).reader()),
                    entry)))
        .toList();
  }

  @Override
  public void close() {
    reader.close();
  }
}
