package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.PerfLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * How many deleted rows RocksDB walks over while the queue is worked on, by its own count. It keeps
 * that for each thread, and the topology works on the thread of the test.
 */
@Timeout(120)
class TombstonesTest {
  private static final int ROWS = 3_000;

  @TempDir private Path folder;

  @Test
  void aCancelledBacklogIsNotWalkedOverAgainForEachFewOfItsRows() throws RocksDBException {
    FetchSettings settings = TopologyHarness.settings(FetchOrder.ARRIVAL, 20, 100);
    try (TopologyHarness app = new TopologyHarness(folder.resolve("app"), settings);
        RocksDB counter = RocksDB.open(folder.resolve("counter").toString())) {
      for (int i = 0; i < ROWS; i++) {
        app.event("" + i, "gone.example/" + i);
      }
      app.tick();
      for (int i = 0; i < 4; i++) {
        app.loads.fetch("gone.example/" + i);
      }

      app.loads.control.cancel("gone.example", Long.MAX_VALUE);
      counter.setPerfLevel(PerfLevel.ENABLE_COUNT);
      long before = counter.getPerfContext().getInternalDeleteSkippedCount();
      int ended = 0;
      for (int tick = 0; tick < ROWS && ended < ROWS; tick++) {
        app.tick();
        ended += app.verdicts().size();
      }
      long walkedOver = counter.getPerfContext().getInternalDeleteSkippedCount() - before;
      counter.setPerfLevel(PerfLevel.DISABLE);

      assertThat(ended).isEqualTo(ROWS);
      assertThat(walkedOver).isLessThan(10L * ROWS);
    }
  }

  @Test
  void whatComesAfterACancelledImageInBackOffDoesNotWaitForItsTime() {
    FetchSettings settings = TopologyHarness.settings(FetchOrder.ARRIVAL, 20, 100);
    try (TopologyHarness app = new TopologyHarness(folder, settings)) {
      app.event("1", "a.example/1");
      app.tick();
      app.loads.fetch("a.example/1").failsForNow();
      app.tick();

      app.event("1", "a.example/new");
      app.tick();

      app.loads.fetch("a.example/new");
    }
  }
}
