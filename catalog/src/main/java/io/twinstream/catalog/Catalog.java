package io.twinstream.catalog;

import io.twinstream.catalog.ImageRow.Origin;
import io.twinstream.schema.EventId;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private final Map<Origin, RejectedRow> rejected = new LinkedHashMap<>();
  private final Map<String, SourceProgress> progress = new HashMap<>();
  private long unjudged;

  /** An image event was read; those of one partition come in order. */
  public void image(EventId event, Origin origin, ImageMetadata image) {
    if (unreadable.contains(event)) {
      return;
    }
    Verdict verdict = early.remove(event);
    if (rows.put(event, new ImageRow(event, origin, image, verdict)) != null) {
      return;
    }
    if (verdict == null) {
      unjudged++;
    }
    latestOfOrigin.put(origin, event);
    latestOfImage.put(image.key(), event);
  }

  /** A removal was read. */
  public void removal(ImageKey key) {
    EventId event = latestOfImage.remove(key);
    if (event != null) {
      latestOfOrigin.remove(rows.get(event).origin(), event);
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
    rejected.put(row.origin(), row);
  }

  /** A record of {@code image-metadata} became a dead letter: it will have no verdict. */
  public void unreadable(EventId event, RejectedRow row) {
    rejected(row);
    unreadable.add(event);
    ImageRow known = rows.remove(event);
    if (known != null) {
      latestOfOrigin.remove(known.origin(), event);
      latestOfImage.remove(known.image().key(), event);
      unjudged -= known.verdict() == null ? 1 : 0;
    }
  }

  /** A connector said how far it is. */
  public void progress(SourceProgress latest) {
    progress.put(latest.source(), latest);
  }

  /** How far a connector is, if it said anything yet. */
  public Optional<SourceProgress> progressOf(String source) {
    return Optional.ofNullable(progress.get(source));
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

  /** The latest event of each row or file of the given sources, in the order of the events. */
  public List<ImageRow> rowsOf(Set<String> sources) {
    return latestOfOrigin.values().stream()
        .map(rows::get)
        .filter(row -> sources.contains(row.origin().source()))
        .sorted(ImageRow.IN_ORDER)
        .toList();
  }

  /** The latest event of each image, in the order of the events. */
  public List<ImageRow> images() {
    return latestOfImage.values().stream().map(rows::get).sorted(ImageRow.IN_ORDER).toList();
  }

  /** What of the given sources could not become an event. */
  public Collection<RejectedRow> rejectedOf(Set<String> sources) {
    List<RejectedRow> found = new ArrayList<>();
    for (RejectedRow row : rejected.values()) {
      if (sources.contains(row.origin().source())) {
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
      if (!sources.contains(row.origin().source())) {
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
