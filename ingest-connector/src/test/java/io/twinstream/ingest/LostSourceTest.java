package io.twinstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;

/** When a source that can't be read ends a task, and when it is waited for. */
class LostSourceTest {
  private final MovedClock clock = new MovedClock();

  @Test
  void aSourceThatWasNeverThereEndsTheTask() {
    for (String interval : List.of("-1", "1000")) {
      try (DrivenTask task = task(interval, Opening.MISSING, Opening.WHOLE)) {
        assertThatThrownBy(task::poll)
            .isInstanceOf(ConfigException.class)
            .hasMessageContaining("there is no file");
      }
    }
  }

  @Test
  void aSourceThatIsLostWhileItIsReadIsReadWhenItIsBack() {
    for (String interval : List.of("-1", "1000", "5000")) {
      try (DrivenTask task = task(interval, Opening.LOST, Opening.MISSING, Opening.WHOLE)) {
        assertThat(task.poll().records()).isEmpty();
        clock.move(Duration.ofSeconds(5));
        assertThat(task.poll().records()).isEmpty();
        assertThat(task.poll().records()).as("not yet").isEmpty();
        clock.move(Duration.ofSeconds(5));

        assertThat(task.poll().progress()).allMatch(progress -> progress.complete()).hasSize(1);
      }
    }
  }

  private static UnusableSourceException gone() {
    return new UnusableSourceException("csv.path", "there is no file; check its path");
  }

  private DrivenTask task(String interval, Opening... openings) {
    return new DrivenTask(
        new ScriptedTask(clock, new ArrayDeque<>(List.of(openings))),
        new MemoryOffsets(),
        Map.of("source.name", "s", "rescan.interval.ms", interval));
  }

  /** How it goes to read the source. */
  private enum Opening {
    MISSING,
    LOST,
    WHOLE
  }

  private static final class ScriptedTask extends ImageSourceTask {
    private final Queue<Opening> openings;

    ScriptedTask(LongSupplier clock, Queue<Opening> openings) {
      super(clock);
      this.openings = openings;
    }

    @Override
    protected SourceSettings settings(Map<String, String> properties) {
      return SourceSettings.of(new AbstractConfig(SourceSettings.definition(), properties, false));
    }

    @Override
    protected ImageSource source(Map<String, String> properties, OffsetStorageReader remembered) {
      return () -> {
        Opening opening = openings.remove();
        if (opening == Opening.MISSING) {
          throw gone();
        }
        return new EmptyPass(opening);
      };
    }
  }

  private record EmptyPass(Opening opening) implements Pass {
    @Override
    public Optional<Finding> next() {
      if (opening == Opening.LOST) {
        throw gone();
      }
      return Optional.empty();
    }

    @Override
    public Tally tally() {
      return Tally.NONE;
    }

    @Override
    public Bookmark bookmark() {
      return new Bookmark(Map.of(Bookmark.SOURCE, "s"), Map.of());
    }

    @Override
    public void close() {}
  }
}
