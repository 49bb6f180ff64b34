package io.twinstream.schema;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How far a connector is with its source: the latest record of a source's name says it. Written in
 * the order of the images, so that whoever reads {@code complete} can read all of them.
 *
 * <p>Where several tasks share a source, each speaks for its share, and the latest record of each
 * of them counts. Shares of another number of tasks than that of the latest record are of the past.
 *
 * @param source the source's name
 * @param published image events of this pass, and of those before it, that the source still stands
 *     for
 * @param skipped files that are no images by name and by content, links and special files
 * @param unreadable rows and files that could not become an event; they are dead letters
 * @param complete whether the source was read to its end; never true in a record of a share, so
 *     that nobody takes a part for the whole
 * @param task which task says so, from 0
 * @param tasks how many share the source, 1 or more
 * @param taskComplete whether this task's share was read to its end
 */
public record SourceProgress(
    String source,
    long published,
    long skipped,
    long unreadable,
    boolean complete,
    int task,
    int tasks,
    boolean taskComplete)
    implements Event {
  public SourceProgress {
    if (task < 0 || task >= tasks) {
      throw new IllegalArgumentException(
          "there is no task %s of %s; they count from 0".formatted(task, tasks));
    }
    if (complete != (taskComplete && tasks == 1)) {
      throw new IllegalArgumentException(
          "a source is complete when its only task is; of %s tasks none can say so alone"
              .formatted(tasks));
    }
  }

  /** Of a source that one task reads. */
  public SourceProgress(
      String source, long published, long skipped, long unreadable, boolean complete) {
    this(source, published, skipped, unreadable, complete, 0, 1, complete);
  }

  /** Of a task's share of a source. */
  public static SourceProgress ofShare(
      String source,
      long published,
      long skipped,
      long unreadable,
      int task,
      int tasks,
      boolean taskComplete) {
    return new SourceProgress(
        source,
        published,
        skipped,
        unreadable,
        taskComplete && tasks == 1,
        task,
        tasks,
        taskComplete);
  }

  /** Records of the first release say nothing of tasks: there was one. */
  @JsonCreator
  static SourceProgress read(
      @JsonProperty("source") String source,
      @JsonProperty("published") long published,
      @JsonProperty("skipped") long skipped,
      @JsonProperty("unreadable") long unreadable,
      @JsonProperty("complete") boolean complete,
      @JsonProperty("task") Integer task,
      @JsonProperty("tasks") Integer tasks,
      @JsonProperty("taskComplete") Boolean taskComplete) {
    return new SourceProgress(
        source,
        published,
        skipped,
        unreadable,
        complete,
        task == null ? 0 : task,
        tasks == null ? 1 : tasks,
        taskComplete == null ? complete : taskComplete);
  }

  /** Whether the other is of the same source, shared by as many tasks. */
  public boolean isOfSameDivision(SourceProgress other) {
    return source.equals(other.source) && tasks == other.tasks;
  }
}
