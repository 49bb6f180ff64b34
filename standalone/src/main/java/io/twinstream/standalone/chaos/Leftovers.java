package io.twinstream.standalone.chaos;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.operate.PendingEvents;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * What may not be there once all is judged and nothing comes any more.
 *
 * @param pending events that still wait to be fetched
 * @param transactions that are neither committed nor aborted
 * @param blocked partitions of which a reader of what is committed does not see the end (KIP-664)
 */
public record Leftovers(
    @JsonProperty("pending_rows") int pending,
    @JsonProperty("open_transactions") int transactions,
    @JsonProperty("blocked_partitions") int blocked) {
  /** All others are done with, or nothing has happened in them. */
  private static final Set<TransactionState> OPEN =
      Set.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT,
          TransactionState.PREPARE_EPOCH_FENCE);

  static Leftovers of(String bootstrapServers, Topics topics) {
    int pending = new PendingEvents(bootstrapServers, topics).events((_, _, _) -> {}).size();
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", bootstrapServers, "enable.metrics.push", false))) {
      Collection<TransactionListing> open =
          admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all().get();
      return new Leftovers(pending, open.size(), blocked(admin));
    } catch (ExecutionException e) {
      throw new BrokenException("the cluster does not answer: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenException("interrupted", e);
    }
  }

  private static int blocked(Admin admin) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> all = new HashMap<>();
    Set<String> names = admin.listTopics().names().get();
    admin
        .describeTopics(names)
        .allTopicNames()
        .get()
        .values()
        .forEach(topic ->
            topic
                .partitions()
                .forEach(one ->
                    all.put(
                        new TopicPartition(topic.name(), one.partition()), OffsetSpec.latest())));
    Map<TopicPartition, ListOffsetsResultInfo> written =
        admin.listOffsets(all, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED)).all().get();
    Map<TopicPartition, ListOffsetsResultInfo> seen =
        admin.listOffsets(all, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all().get();
    List<TopicPartition> blocked =
        all.keySet().stream()
            .filter(one -> seen.get(one).offset() < written.get(one).offset())
            .toList();
    return blocked.size();
  }

  boolean areNone() {
    return pending + transactions + blocked == 0;
  }
}
