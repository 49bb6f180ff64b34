package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the app writes is what is read. */
class PendingChangelogTest {
  @TempDir private Path folder;
  private TopologyHarness app;

  @BeforeEach
  void start() {
    app = new TopologyHarness(folder, TopologyHarness.settings(FetchOrder.ARRIVAL, 20, 100));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @Test
  void aRowInBackOffIsReadWithItsTriesAndTimes() {
    app.event("new", "a.example/1");
    app.tick();
    app.event("busy", "b.example:81/2");
    app.tick();
    Instant filed = app.now();
    app.tick();
    app.loads
        .fetch("b.example:81/2")
        .ends(new Failed(FailureReason.HTTP_STATUS, "busy", 503, Duration.ofMinutes(5)));
    app.tick();
    Instant due = app.now().plus(Duration.ofMinutes(5));

    List<PendingRow> rows = rows();

    assertThat(rows).hasSize(2);
    assertThat(rows)
        .contains(
            new PendingRow(
                new EventId("image-metadata", 3, 1),
                new ImageKey("default", "busy"),
                "b.example:81",
                "test:b.example:81/2",
                1,
                filed.minus(TopologyHarness.TICK),
                due));
    assertThat(rows).extracting(PendingRow::attempts).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void theTopicIsThatOfTheStore() {
    assertThat(PendingChangelog.topic(new Topics("a.")))
        .isEqualTo("a.twinstream-pending-changelog");
  }

  private List<PendingRow> rows() {
    List<PendingRow> rows = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = app.pendingRows().all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> one = all.next();
        byte[] key = one.key.get();
        if (PendingChangelog.isRow(key)) {
          PendingRow row = PendingChangelog.row(new Topics(""), 3, key, one.value);
          rows.add(row);
          assertThat(PendingChangelog.host(key)).isEqualTo(row.host());
          assertThat(PendingChangelog.head(one.value))
              .isEqualTo(
                  new PendingChangelog.Head(
                      row.image(), row.filedAt().toEpochMilli(), row.dueAt().toEpochMilli()));
        }
      }
    }
    return rows;
  }
}
