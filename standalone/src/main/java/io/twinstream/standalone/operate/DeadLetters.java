package io.twinstream.standalone.operate;

import io.twinstream.app.TopicReader;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/** What could not be read as an event, on {@code image-dead-letters}. */
public final class DeadLetters {
  private static final String OTHERS = "other reasons";
  private static final int MAX_REASONS = 1_000;
  private static final Pattern NUMBERS = Pattern.compile("\\d[\\d,]*");

  private final KnownTopics known;
  private final String topic;
  private final Progress progress;

  /**
   * @param known of a cluster that is up
   */
  public DeadLetters(KnownTopics known, Topics topics, Progress progress) {
    this.known = known;
    this.topic = topics.deadLetters();
    this.progress = progress;
  }

  /**
   * Dead letters.
   *
   * @param total how many there are
   * @param reasons how many of each kind, the most frequent first; numbers within a reason are
   *     written as #, and beyond 1,000 kinds the rest is one
   * @param newest some of them, the newest last
   */
  public record Listing(long total, List<Map.Entry<String, Long>> reasons, List<Letter> newest) {
    public Listing {
      reasons = List.copyOf(reasons);
      newest = List.copyOf(newest);
    }
  }

  /**
   * Reads all that are there at this moment.
   *
   * @param limit so many are listed
   * @throws RefusedException if there is no such topic
   * @throws io.twinstream.standalone.engine.BrokenException if the cluster does not answer
   */
  public Listing list(Predicate<Letter> which, int limit) {
    Map<String, Long> reasons = new HashMap<>();
    Comparator<Letter> byAge =
        Comparator.comparing(Letter::writtenAt)
            .thenComparingInt(letter -> letter.place().partition())
            .thenComparingLong(letter -> letter.place().offset());
    PriorityQueue<Letter> newest = new PriorityQueue<>(byAge);
    try (TopicReader reader = known.open(topic, KnownTopics.MADE_BY)) {
      known.toEnd(
          reader,
          "dead letters",
          progress,
          record -> {
            Letter letter = new Letter(record);
            if (which.test(letter)) {
              count(letter, reasons);
              newest.add(letter);
              if (newest.size() > limit) {
                newest.poll();
              }
            }
          });
    }
    List<Letter> ordered = new ArrayList<>(newest);
    ordered.sort(byAge);
    return new Listing(
        reasons.values().stream().mapToLong(Long::longValue).sum(),
        reasons.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .toList(),
        ordered);
  }

  private static void count(Letter letter, Map<String, Long> reasons) {
    String kind = NUMBERS.matcher(letter.reason()).replaceAll("#");
    boolean isRoom = reasons.size() < MAX_REASONS || reasons.containsKey(kind);
    reasons.merge(isRoom ? kind : OTHERS, 1L, Long::sum);
  }

  /**
   * One of them.
   *
   * @throws RefusedException if it is not there, or no more
   */
  public Letter find(LetterPlace place) {
    try (TopicReader reader = known.open(topic, KnownTopics.MADE_BY)) {
      List<Letter> found = new ArrayList<>();
      if (isWithin(reader, place)) {
        reader.recordsAt(
            place.partition(),
            new TreeSet<>(Set.of(place.offset())),
            record -> found.add(new Letter(record)));
      }
      if (found.isEmpty()) {
        throw missing(place);
      }
      return found.getFirst();
    } catch (KafkaException e) {
      throw known.unanswered(e);
    }
  }

  private static boolean isWithin(TopicReader reader, LetterPlace place) {
    return place.offset() >= reader.starts().getOrDefault(place.partition(), Long.MAX_VALUE)
        && place.offset() < reader.ends().getOrDefault(place.partition(), 0L);
  }

  /** What to say of one that is not there. */
  RefusedException missing(LetterPlace place) {
    return new RefusedException(
        "there is no dead letter %s on %s; it may be too old to be kept".formatted(place, topic));
  }
}
