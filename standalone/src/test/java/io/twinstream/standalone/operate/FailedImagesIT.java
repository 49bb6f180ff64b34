package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.schema.FailureReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes while failed images are looked for, over a real broker. */
@Timeout(180)
class FailedImagesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private OperatedCluster cluster;

  @BeforeEach
  void threeImagesHaveFailed() throws Exception {
    cluster = new OperatedCluster(folder);
    try (PolledServer server = new PolledServer(Duration.ZERO)) {
      cluster.startApp(1);
      for (String id : List.of("1", "2", "3")) {
        server.trouble(id + ".jpg", 404);
        cluster.event(id, server.url(id + ".jpg"));
      }
      await().atMost(PATIENCE).until(() -> cluster.failures().size() == 3);
      cluster.stopApp();
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void whatWasRemovedOrSentAnewWhileVerdictsAreReadIsLeftAlone() {
    boolean[] done = {false};

    FailedImages.Outcome outcome =
        retry(() -> {
          if (!done[0]) {
            done[0] = true;
            cluster.removal("1");
            cluster.event("2", "http://new.example/2.jpg");
          }
        });

    assertThat(outcome.byReason()).containsExactly(Map.entry(FailureReason.NOT_FOUND, 1L));
    assertThat(outcome.underWay()).isEqualTo(2);
    assertThat(cluster.events()).hasSize(3 + 2 + 1);
  }

  @Test
  void noTransactionIsOpenWhileVerdictsAreRead() {
    FailedImages.Outcome outcome =
        retry(() ->
            await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(5))
                .until(() -> openTransactions().isEmpty()));

    assertThat(outcome.total()).isEqualTo(3);
  }

  /**
   * @param reading is run each time that some verdicts have been read to be sent
   */
  private FailedImages.Outcome retry(Runnable reading) {
    Progress progress =
        (what, _, _) -> {
          if (what.contains("to send")) {
            reading.run();
          }
        };
    return new FailedImages(
            cluster.bootstrapServers(), OperatedCluster.TOPICS, () -> false, progress)
        .retry(failed -> true);
  }

  private Collection<TransactionListing> openTransactions()
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      return admin
          .listTransactions(
              new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
          .all()
          .get();
    }
  }
}
