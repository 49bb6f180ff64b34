package io.twinstream.topology;

import io.twinstream.load.ImageLoader;
import io.twinstream.load.LoadResult;
import io.twinstream.politeness.Visit;
import io.twinstream.topology.PendingStore.Place;
import io.twinstream.topology.PendingStore.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * The loads that a task has under way. All of it belongs to the stream thread, but for the queue of
 * completions, the one thing that loader threads touch.
 */
final class Loads {
  private final ImageLoader loader;
  private final Map<Place, Running> running = new HashMap<>();
  private final Queue<Completion> completions = new ConcurrentLinkedQueue<>();

  /** For one generation of a task: what an earlier one has under way goes nowhere. */
  Loads(ImageLoader loader) {
    this.loader = loader;
  }

  private static final class Running {
    private final Row row;
    private ImageLoader.Load load;

    private Running(Row row) {
      this.row = row;
    }
  }

  private record Completion(Running of, LoadResult result) {}

  /** Starts a row's next request. */
  void start(Row row, Visit visit) {
    Running one = new Running(row);
    running.put(row.place(), one);
    one.load =
        loader.start(
            row.event().address(),
            row.event().redirects(),
            visit::ended,
            result -> completions.add(new Completion(one, result)));
  }

  int underWay() {
    return running.size();
  }

  boolean isUnderWay(Place place) {
    return running.containsKey(place);
  }

  /** The rows that are being loaded. */
  List<Row> rows() {
    return running.values().stream().map(one -> one.row).toList();
  }

  /** Hands over what has ended since the last time. */
  void drain(BiConsumer<Row, LoadResult> ended) {
    for (Completion done = completions.poll(); done != null; done = completions.poll()) {
      // A load that was cancelled may have ended just before.
      if (running.remove(done.of().row.place(), done.of())) {
        ended.accept(done.of().row, done.result());
      }
    }
  }

  /** Gives up a row's load if there is one. */
  void cancel(Place place) {
    Running one = running.remove(place);
    if (one != null) {
      one.load.cancel();
    }
  }

  void close() {
    running.values().forEach(one -> one.load.cancel());
  }
}
