package io.twinstream.standalone.verify;

import io.twinstream.app.TopicReader;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.StoppedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Which verdicts may have expired. A verdict is not older than its event, so that of an event
 * younger than the retention is there or was never given. What somebody has deleted by other means
 * before its time is taken for missing.
 *
 * @param before ms since the epoch; nothing younger has expired
 */
record Expiry(long before) {
  private static final Expiry NEVER = new Expiry(Long.MIN_VALUE);

  /**
   * As topics are set up now.
   *
   * @param readers of these topics, in the same order
   * @throws BrokenException if the cluster does not answer
   */
  static Expiry of(String bootstrapServers, List<String> topics, List<TopicReader> readers) {
    List<ConfigResource> cut = new ArrayList<>();
    for (int i = 0; i < topics.size(); i++) {
      if (readers.get(i).starts().values().stream().anyMatch(start -> start > 0)) {
        cut.add(new ConfigResource(ConfigResource.Type.TOPIC, topics.get(i)));
      }
    }
    if (cut.isEmpty()) {
      return NEVER;
    }
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", bootstrapServers, "enable.metrics.push", false))) {
      long now = Instant.now().toEpochMilli();
      return admin.describeConfigs(cut).all().get().values().stream()
          .mapToLong(Expiry::retention)
          .filter(retention -> retention >= 0)
          .min()
          .stream()
          .mapToObj(retention -> new Expiry(now - retention))
          .findFirst()
          .orElse(NEVER);
    } catch (ExecutionException e) {
      throw new BrokenException(
          "%s: %s".formatted(bootstrapServers, e.getCause().getMessage()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private static long retention(Config config) {
    return Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
  }

  /** Whether the verdict on an event of that time, ms since the epoch, may be gone. */
  boolean mayHave(long time) {
    return time <= before;
  }
}
