package io.twinstream.catalog;

import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the topics said so far. Topics are read side by side, so a verdict may come before its
 * event. Holds every image in memory. Confined to one thread.
 */
public final class Catalog {
  private final Map<EventId, ImageRow> rows = new LinkedHashMap<>();
  private final Map<EventId, Verdict> early = new HashMap<>();
  private final Set<EventId> unreadable = new HashSet<>();
  private final Map<Origin, EventId> latestOfOrigin = new HashMap<>();
  private final Map<ImageKey, EventId> latestOfImage = new HashMap<>();
  // The event of the same image before; few images have one.
  private final Map<EventId, EventId> earlierOfImage = new HashMap<>();
  private final Map<Origin, RejectedRow> rejected = new LinkedHashMap<>();
  // Of each source, what the tasks that share it said last.
  private final Map<String, Map<Integer, SourceProgress>> progress = new HashMap<>();
  private long unjudged;

  /** An image event was read; those of one partition come in order. */
  public void image(EventId event, Instant at, Origin origin, ImageMetadata image) {
    if (unreadable.contains(event) || rows.containsKey(event)) {
      return;
    }
    Verdict verdict = early.remove(event);
    rows.put(event, new ImageRow(event, at, origin, image, verdict));
    if (verdict == null) {
      unjudged++;
    }
    latestOfOrigin.put(origin, event);
    EventId earlier = latestOfImage.put(image.key(), event);
    if (earlier != null) {
      earlierOfImage.put(event, earlier);
    }
  }

  /** A removal was read: whatever was handed in as that image is gone. */
  public void removal(ImageKey key) {
    EventId event = latestOfImage.remove(key);
    while (event != null) {
      latestOfOrigin.remove(rows.get(event).origin(), event);
      event = earlier(event);
    }
  }

  /** A live verdict was read. */
  public void verdict(Verdict verdict) {
    ImageRow row = rows.get(verdict.event());
    if (row == null) {
      early.put(verdict.event(), verdict);
      return;
    }
    if (row.verdict() == null) {
      unjudged--;
    }
    rows.put(verdict.event(), row.judged(verdict));
  }

  /** A dead letter was read. */
  public void rejected(RejectedRow row) {
    rejected.merge(
        row.origin(), row, (known, next) -> next.at().isBefore(known.at()) ? known : next);
  }

  /** A record of {@code image-metadata} became a dead letter: it will have no verdict. */
  public void unreadable(EventId event, RejectedRow row) {
    rejected(row);
    unreadable.add(event);
    ImageRow known = rows.remove(event);
    if (known != null) {
      latestOfOrigin.remove(known.origin(), event);
      latestOfImage.computeIfPresent(
          known.image().key(), (key, latest) -> latest.equals(event) ? earlier(event) : latest);
      unjudged -= known.verdict() == null ? 1 : 0;
    }
  }

  /** The event of the same image before, null if there is none. */
  private EventId earlier(EventId event) {
    EventId earlier = earlierOfImage.get(event);
    while (earlier != null && !rows.containsKey(earlier)) {
      earlier = earlierOfImage.get(earlier);
    }
    return earlier;
  }

  /** A task of a connector said how far it is. */
  public void progress(SourceProgress latest) {
    Map<Integer, SourceProgress> shares =
        progress.computeIfAbsent(latest.source(), source -> new TreeMap<>());
    // What an earlier number of tasks said is of the past.
    shares.values().removeIf(share -> !share.isOfSameDivision(latest));
    shares.put(latest.task(), latest);
  }

  /** How far a connector is with all its tasks, if any of them said anything yet. */
  public Optional<SourceProgress> progressOf(String source) {
    return Optional.ofNullable(progress.get(source)).map(Map::values).map(Catalog::whole);
  }

  private static SourceProgress whole(Collection<SourceProgress> shares) {
    SourceProgress any = shares.iterator().next();
    return new SourceProgress(
        any.source(),
        shares.stream().mapToLong(SourceProgress::published).sum(),
        shares.stream().mapToLong(SourceProgress::skipped).sum(),
        shares.stream().mapToLong(SourceProgress::unreadable).sum(),
        shares.size() == any.tasks() && shares.stream().allMatch(SourceProgress::taskComplete));
  }

  /** Whether no event was read yet. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** How many events that were read have a verdict. */
  public long verdicts() {
    return rows.size() - unjudged;
  }

  /** How many events that were read have no verdict yet. */
  public long unjudged() {
    return unjudged;
  }

  /** The first event that was read and has no verdict yet, if there is one. */
  public Optional<ImageRow> oldestUnjudged() {
    return unjudged == 0
        ? Optional.empty()
        : rows.values().stream().filter(row -> row.verdict() == null).min(ImageRow.IN_ORDER);
  }

  /**
   * The latest event of each row or file of the given sources, in the order of the events; not of
   * those that were rejected since.
   */
  public List<ImageRow> rowsOf(Set<String> sources) {
    return latestOfOrigin.values().stream()
        .map(rows::get)
        .filter(row -> sources.contains(row.origin().source()) && !isRejectedSince(row))
        .sorted(ImageRow.IN_ORDER)
        .toList();
  }

  /**
   * What each image stands with, in the order of the events: its latest event with a fingerprint,
   * since one that fails leaves the picture before it in place; its latest event if there is none.
   */
  public List<ImageRow> images() {
    return latestOfImage.values().stream().map(this::standing).sorted(ImageRow.IN_ORDER).toList();
  }

  private ImageRow standing(EventId latest) {
    for (EventId event = latest; event != null; event = earlier(event)) {
      if (hasFingerprint(rows.get(event))) {
        return rows.get(event);
      }
    }
    return rows.get(latest);
  }

  private static boolean hasFingerprint(ImageRow row) {
    return switch (row.verdict()) {
      case Verdict.Unique verdict -> true;
      case Verdict.DuplicateFound verdict -> true;
      case Verdict.DownloadFailed verdict -> false;
      case null -> false;
    };
  }

  /** Dead letters and events are read side by side; their times tell which was the latest. */
  private boolean isRejectedSince(ImageRow row) {
    RejectedRow rejection = rejected.get(row.origin());
    return rejection != null && rejection.at().isAfter(row.at());
  }

  /** What of the given sources could not become an event when it was handed in the last time. */
  public Collection<RejectedRow> rejectedOf(Set<String> sources) {
    List<RejectedRow> found = new ArrayList<>();
    for (RejectedRow row : rejected.values()) {
      EventId event = latestOfOrigin.get(row.origin());
      if (sources.contains(row.origin().source())
          && (event == null || isRejectedSince(rows.get(event)))) {
        found.add(row);
      }
    }
    return found;
  }

  /** Where the rows of the given sources stand. */
  public VerdictCounts counts(Set<String> sources) {
    long images = 0;
    long unique = 0;
    long duplicates = 0;
    long failed = 0;
    for (EventId event : latestOfOrigin.values()) {
      ImageRow row = rows.get(event);
      if (!sources.contains(row.origin().source()) || isRejectedSince(row)) {
        continue;
      }
      images++;
      switch (row.verdict()) {
        case null -> {}
        case Verdict.Unique verdict -> unique++;
        case Verdict.DuplicateFound verdict -> duplicates++;
        case Verdict.DownloadFailed verdict -> failed++;
      }
    }
    return new VerdictCounts(images, unique, duplicates, failed);
  }
}
