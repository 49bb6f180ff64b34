package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.schema.FailureReason;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PendingMetricsTest {
  private static final String FILE = "0000000000000000";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(FetchOrder.class)
  void rowsAndTheAgeOfTheOldestAreTold(FetchOrder order) {
    FetchSettings settings = TopologyHarness.settings(order, 4, 6);
    try (TopologyHarness app = new TopologyHarness(folder, settings)) {
      app.event("1", "a.example/1");
      app.advance(Duration.ofSeconds(20));
      app.event("2", "a.example/2");
      app.event("3", "b.example/3");
      app.advance(Duration.ofSeconds(10));

      assertThat(app.metric("pending-rows")).isEqualTo(3);
      assertThat(app.metric("pending-oldest-age-ms")).isEqualTo(30_000);

      for (String name : new String[] {"a.example/1", "a.example/2", "b.example/3"}) {
        // One that is given up before its thread is there is never seen.
        app.loads.fetch(name);
      }
      app.restart(settings);
      app.advance(Duration.ofSeconds(1));
      assertThat(app.metric("pending-rows")).as("after a restart").isEqualTo(3);
      assertThat(app.metric("pending-oldest-age-ms")).isEqualTo(31_000);

      app.loads.fetch("a.example/1").brings(FILE);
      app.advance(Duration.ofSeconds(1));
      assertThat(app.metric("pending-rows")).isEqualTo(2);
      assertThat(app.metric("pending-oldest-age-ms")).isEqualTo(12_000);

      for (String name : new String[] {"a.example/2", "b.example/3"}) {
        app.loads.fetch(name).brings(FILE);
      }
      app.advance(Duration.ofSeconds(1));
      assertThat(app.metric("pending-rows")).isZero();
      assertThat(app.metric("pending-oldest-age-ms")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(FetchOrder.class)
  void oneThatWaitsForAnotherTryCountsToo(FetchOrder order) {
    FetchSettings settings = TopologyHarness.settings(order, 4, 6);
    try (TopologyHarness app = new TopologyHarness(folder, settings)) {
      app.event("1", "a.example/1");
      app.tick();
      app.loads
          .fetch("a.example/1")
          .ends(new Failed(FailureReason.HTTP_STATUS, "busy", 503, Duration.ofMinutes(5)));
      app.advance(Duration.ofSeconds(30));

      assertThat(app.metric("pending-rows")).isOne();
      assertThat(app.metric("pending-oldest-age-ms")).isEqualTo(30_005);
    }
  }
}
