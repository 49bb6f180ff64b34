package io.twinstream.ingest.folder;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.Finding;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.Share;
import io.twinstream.ingest.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * One walk through a folder. What is remembered is asked for many files at a time, because each
 * answer is a read of Connect's offset topic to its end.
 */
final class FolderPass implements Pass {
  /** What earlier passes have left. */
  interface Memory {
    /** The offsets of the given partitions; unknown ones are missing or null. */
    Map<Map<String, String>, Map<String, Object>> offsets(
        Collection<Map<String, String>> partitions);
  }

  private record Step(Finding finding, Tally tally) {}

  private final Share share;
  private final FolderWalk walk;
  private final ImageFiles files;
  private final Memory memory;
  private final int lookAhead;
  private final Queue<Step> ahead = new ArrayDeque<>();
  private Tally tally = Tally.NONE;

  /**
   * @param share the files that are told of and counted
   * @param lookAhead how many entries are asked about at a time
   */
  FolderPass(Share share, FolderWalk walk, ImageFiles files, Memory memory, int lookAhead) {
    this.share = share;
    this.walk = walk;
    this.files = files;
    this.memory = memory;
    this.lookAhead = lookAhead;
  }

  @Override
  public Optional<Finding> next() {
    if (ahead.isEmpty()) {
      lookAhead();
    }
    Optional<Step> step = Optional.ofNullable(ahead.poll());
    step.ifPresent(taken -> tally = taken.tally);
    return step.map(Step::finding);
  }

  private void lookAhead() {
    List<Step> steps = new ArrayList<>();
    Tally counted = tally;
    for (int i = 0; i < lookAhead; i++) {
      Optional<FolderWalk.Entry> entry = walk.next();
      if (entry.isEmpty()) {
        break;
      }
      Step step = step(entry.get(), counted);
      counted = step.tally;
      steps.add(step);
    }
    Map<Map<String, String>, Map<String, Object>> remembered =
        memory.offsets(
            steps.stream()
                .flatMap(step -> bookmark(step).stream())
                .map(Bookmark::partition)
                .toList());
    for (Step step : steps) {
      boolean known =
          bookmark(step)
              .filter(mark -> mark.offset().equals(remembered.get(mark.partition())))
              .isPresent();
      ahead.add(known ? new Step(Finding.NOTHING, step.tally) : step);
    }
  }

  private Step step(FolderWalk.Entry entry, Tally before) {
    if (!isOurs(entry)) {
      return new Step(Finding.NOTHING, before);
    }
    return switch (entry) {
      case FolderWalk.Entry.File file ->
          files
              .judge(file)
              .map(finding -> new Step(finding, count(finding, before)))
              .orElseGet(() -> new Step(Finding.NOTHING, before.plusSkipped()));
      case FolderWalk.Entry.Unreadable it ->
          new Step(files.unreadable(it.path(), it.reason()), before.plusUnreadable());
      case FolderWalk.Entry.Other other -> new Step(Finding.NOTHING, before.plusSkipped());
      case FolderWalk.Entry.Folder folder -> new Step(Finding.NOTHING, before);
      case FolderWalk.Entry.Excluded excluded -> new Step(Finding.NOTHING, before);
    };
  }

  private boolean isOurs(FolderWalk.Entry entry) {
    return share.isWhole() || share.has(files.name(entry.path()).bytes());
  }

  private static Tally count(Finding finding, Tally before) {
    return switch (finding) {
      case Finding.Image image -> before.plusPublished();
      case Finding.Refused refused -> before.plusUnreadable();
      case Finding.Nothing nothing -> before;
    };
  }

  private static Optional<Bookmark> bookmark(Step step) {
    return switch (step.finding) {
      case Finding.Image image -> Optional.of(image.bookmark());
      case Finding.Refused refused -> Optional.of(refused.bookmark());
      case Finding.Nothing nothing -> Optional.empty();
    };
  }

  @Override
  public Tally tally() {
    return tally;
  }

  @Override
  public Bookmark bookmark() {
    return files.bookmark(share, tally);
  }

  /** Nothing stays open between two steps. */
  @Override
  public void close() {}
}
