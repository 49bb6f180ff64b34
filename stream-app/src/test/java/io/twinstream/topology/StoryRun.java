package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.schema.ImageKey;
import io.twinstream.topology.ScriptedLoads.Fetch;
import io.twinstream.topology.Step.Load;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;

/** Plays a story to the app, and keeps what came in and what came out. */
final class StoryRun implements AutoCloseable {
  private static final int DRAINED_WITHIN = 200;

  private final BrittleIndexes indexes = new BrittleIndexes();
  private final List<FetchSettings> settings;
  private final TopologyHarness app;
  private final NavigableMap<Long, Input> inputs = new TreeMap<>();
  private final List<Told> told = new ArrayList<>();
  // By the offset of the event that a source was made for: how many loads of it the app knows of.
  private final NavigableMap<Long, Integer> loaded = new TreeMap<>();
  private final Set<Long> loadedSinceTick = new HashSet<>();
  private final List<Fetch> underWay = new ArrayList<>();
  private int restarts;

  /** What stands at an offset. */
  sealed interface Input {
    /**
     * @param source the offset of the event that its source was made for
     */
    record Event(Step.Image image, long source) implements Input {}

    record Removed(ImageKey key) implements Input {}

    record Unreadable() implements Input {}
  }

  /**
   * Begins.
   *
   * @param settings of the first task and of each that follows a restart, over and over
   */
  StoryRun(Path folder, List<FetchSettings> settings) {
    this.settings = settings;
    this.app = new TopologyHarness(folder, settings.getFirst(), indexes);
  }

  void play(Step step) {
    switch (step) {
      case Step.Image image -> send(new Input.Event(image, inputs.size()));
      case Step.Again again -> sendAgain(again);
      case Step.Removal(ImageKey key) -> send(new Input.Removed(key));
      case Step.Junk _ -> send(new Input.Unreadable());
      case Step.End end -> end(end);
      case Step.Wait(int millis) -> advance(Duration.ofMillis(millis));
      case Step.Restart(boolean stateLost) -> restart(stateLost);
      case Step.Breakdown(int uses) -> indexes.breakAfter(uses);
    }
    app.records(TopologyHarness.TOPICS.imageState()).forEach(one -> told.add(Told.of(one)));
  }

  /** Goes on until nothing is left to do. */
  void drain() {
    for (int i = 0; app.pending() > 0 && i < DRAINED_WITHIN; i++) {
      play(new Step.Wait(30_000));
      underWay.addAll(app.loads.takeAll());
      while (!underWay.isEmpty()) {
        end(new Step.End(0));
      }
      play(new Step.Wait(5));
    }
    assertThat(app.pending()).as("rows without a result").isZero();
  }

  private void sendAgain(Step.Again again) {
    List<Input.Event> steady =
        inputs.values().stream()
            .filter(Input.Event.class::isInstance)
            .map(Input.Event.class::cast)
            .filter(event -> event.image().isSteady())
            .toList();
    if (again.back() <= steady.size()) {
      send(steady.get(steady.size() - again.back()));
    }
  }

  private void send(Input input) {
    inputs.put((long) inputs.size(), input);
    survive(() -> {
      switch (input) {
        case Input.Event(Step.Image image, long source) ->
            app.event(
                image.key().collection(),
                image.key().id(),
                (image.host().isEmpty() ? "" : image.host() + "/") + source,
                new RecordHeaders());
        case Input.Removed(ImageKey key) -> app.removal(key);
        case Input.Unreadable _ -> app.raw(new byte[] {1}, new byte[] {2}, new RecordHeaders());
      }
    });
  }

  private void end(Step.End end) {
    underWay.addAll(app.loads.takeAll());
    if (underWay.isEmpty()) {
      return;
    }
    Fetch fetch = underWay.remove(end.which() % underWay.size());
    String address = fetch.request().address();
    long source = Long.parseLong(address.replaceAll("\\D", ""));
    Step.Image image = ((Input.Event) inputs.get(source)).image();
    switch (image.load(loaded.getOrDefault(source, 0))) {
      case Load.FailsForNow _ -> fetch.failsForNow();
      case Load.NotTried _ -> fetch.ends(new FetchOutcome.NotTried("no room"));
      case Load.Moves _ ->
          fetch.ends(
              new FetchOutcome.Moved(
                  "test:" + (image.host().isEmpty() ? "" : "elsewhere/") + source,
                  fetch.request().redirects() + 1));
      case Load.Fails(var reason) -> fetch.fails(reason);
      case Load.Breaks(boolean withError) ->
          fetch.breaks(withError ? new AssertionError("oops") : new IllegalStateException("oops"));
      case Load.Brings(String file) -> fetch.brings(file);
    }
    loadedSinceTick.add(source);
  }

  private void advance(Duration by) {
    loadedSinceTick.forEach(source -> loaded.merge(source, 1, Integer::sum));
    loadedSinceTick.clear();
    survive(() -> app.advance(by));
  }

  private void survive(Runnable action) {
    try {
      action.run();
    } catch (StreamsException e) {
      assertThat(e).hasStackTraceContaining(BrittleIndexes.MESSAGE);
      restart(true);
    }
  }

  private void restart(boolean stateLost) {
    indexes.mend();
    underWay.clear();
    loadedSinceTick.clear();
    FetchSettings next = settings.get(++restarts % settings.size());
    if (stateLost) {
      app.restartWithStateLost(next);
    } else {
      app.restart(next);
    }
  }

  /** What came in, by offset. */
  NavigableMap<Long, Input> inputs() {
    return inputs;
  }

  /** What was said of images, in that order. */
  List<Told> told() {
    return told;
  }

  TopologyHarness app() {
    return app;
  }

  @Override
  public void close() {
    app.close();
  }
}
