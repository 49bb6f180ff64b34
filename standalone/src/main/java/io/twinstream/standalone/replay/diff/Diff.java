package io.twinstream.standalone.replay.diff;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.standalone.replay.Runs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Compares the verdicts of two runs. In memory are the outcomes of one of them and the changes. For
 * one thread.
 */
public final class Diff {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);

  private final KnownTopics known;
  private final Topics topics;
  private final Optional<String> collection;
  private final Progress progress;

  /**
   * Of a cluster that is up.
   *
   * @param collection the only one that counts, or empty for all
   */
  public Diff(KnownTopics known, Topics topics, Optional<String> collection, Progress progress) {
    this.known = known;
    this.topics = topics;
    this.collection = collection;
    this.progress = progress;
  }

  /**
   * Compares two runs: {@code live}, or replays that are done.
   *
   * @throws RefusedException if there is no such run, or none of them has an image of the
   *     collection
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer
   * @throws io.twinstream.standalone.engine.StoppedException if it was stopped
   */
  public Difference of(String first, String second) {
    RunName a;
    RunName b;
    try (Runs runs = new Runs(known, topics)) {
      a = RunName.find(first, runs);
      b = RunName.find(second, runs);
    }
    // Of the live run an image may have several, of which the last holds; of a replay it has one.
    boolean holdFirst = !b.isLive();
    Judged judged = new Judged();
    read(
        (holdFirst ? a : b).name(),
        record -> {
          if (record.value() == null) {
            judged.removed(ImageKeySerde.read(record.key()));
          } else {
            judged.judged(VERDICT.read(record.value()));
          }
        });
    Comparing comparing = holdFirst ? Comparing.withFirst(judged) : Comparing.withSecond(judged);
    read((holdFirst ? b : a).name(), record -> comparing.compare(VERDICT.read(record.value())));
    Difference difference = comparing.difference(a, b);
    requireImages(difference);
    return difference;
  }

  private void requireImages(Difference difference) {
    if (difference.a().images() + difference.b().images() == 0) {
      throw new RefusedException(
          "neither %s nor %s has judged an image%s"
              .formatted(
                  difference.a().run(),
                  difference.b().run(),
                  collection.map(name -> " of the collection " + name).orElse("")));
    }
  }

  /** Where the pictures of all originals are that changes speak of, as far as that is known. */
  public Map<ImageKey, String> sources(Difference difference) {
    Map<ImageKey, String> sources = new HashMap<>();
    Set<ImageKey> missing = new HashSet<>();
    difference.changes().stream().flatMap(Change::originals).forEach(missing::add);
    for (String run : List.of(difference.b().run(), difference.a().run())) {
      if (!missing.isEmpty()) {
        read(
            run,
            record -> {
              ImageKey image = ImageKeySerde.read(record.key());
              if (record.value() != null && missing.contains(image)) {
                sources.put(image, VERDICT.read(record.value()).image().source());
              }
            });
        missing.removeAll(sources.keySet());
      }
    }
    return sources;
  }

  private void read(String run, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    Topics own = run.equals(Verdict.LIVE) ? topics : topics.of(run);
    List<String> names =
        run.equals(Verdict.LIVE)
            ? List.of(topics.imageState())
            : List.of(own.unique(), own.duplicateFound());
    for (String topic : names) {
      try (TopicReader reader = known.open(topic, KnownTopics.MADE_BY)) {
        known.toEnd(reader, "verdicts of " + run, progress, record -> hand(record, each));
      }
    }
  }

  private void hand(
      ConsumerRecord<byte[], byte[]> record, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    try {
      if (collection.isEmpty()
          || ImageKeySerde.read(record.key()).collection().equals(collection.get())) {
        each.accept(record);
      }
    } catch (UnreadableEventException e) {
      throw new RefusedException(
          "%s-%d@%d is no verdict of this build: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
    }
  }
}
