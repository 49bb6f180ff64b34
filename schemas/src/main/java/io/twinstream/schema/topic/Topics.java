package io.twinstream.schema.topic;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.DELETE_RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names and definitions of the topics.
 *
 * @param prefix before every name; may be empty
 */
public record Topics(String prefix) {
  /** How long event topics keep their records by default. */
  public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

  /** For a retention that never ends. */
  public static final Duration FOR_EVER = Duration.ofMillis(-1);

  // Longer than any time that an app may stand still with results under way.
  private static final Duration UNDER_WAY_RETENTION = Duration.ofDays(7);
  private static final String LOG_APPEND_TIME = "LogAppendTime";
  private static final Duration MAX_COMPACTION_LAG = Duration.ofDays(7);

  /**
   * For how long a store on disk that nobody uses can follow its changelog, which then forgets what
   * was taken out.
   */
  public static final Duration CHANGELOG_MEMORY = Duration.ofDays(30);

  /** An image exists; a null value removes it. */
  public String imageMetadata() {
    return prefix + "image-metadata";
  }

  /** Results of fetching on their way to the matcher; internal. */
  public String fetchedImages() {
    return prefix + "fetched-images";
  }

  /** The fingerprint log. */
  public String imageFingerprints() {
    return prefix + "image-fingerprints";
  }

  /** Verdicts: something alike came before. */
  public String duplicateFound() {
    return prefix + "duplicate-found";
  }

  /** Verdicts: nothing alike came before. */
  public String unique() {
    return prefix + "unique";
  }

  /** Verdicts: the picture could not be had or read. */
  public String downloadFailed() {
    return prefix + "download-failed";
  }

  /** The latest verdict of each image. */
  public String imageState() {
    return prefix + "image-state";
  }

  /** Small pictures, the latest of each image; empty unless an app makes them. */
  public String imageThumbnails() {
    return prefix + "image-thumbnails";
  }

  /** What could not be read as an event. */
  public String deadLetters() {
    return prefix + "image-dead-letters";
  }

  /** How far each connector is with its source. */
  public String sourceProgress() {
    return prefix + "image-source-progress";
  }

  /** What operators say about fetching. */
  public String fetchControl() {
    return prefix + "image-fetch-control";
  }

  /** Replays. */
  public String replayRuns() {
    return prefix + "image-replay-runs";
  }

  /** The topics of a replay's verdicts, which are named like those of the live run. */
  public Topics of(String run) {
    return new Topics("%s%s.".formatted(prefix, run));
  }

  /** The name of the app on the cluster: of its consumer group, its stores and its transactions. */
  public String applicationId() {
    return prefix + "twinstream";
  }

  /**
   * All that the app, connectors and whoever reads need.
   *
   * @param partitions of the topics that are partitioned by image key
   * @param matchPartitions of the topics that are partitioned by collection
   * @param retention of event topics; {@link #FOR_EVER} keeps everything
   */
  public List<TopicDefinition> definitions(
      int partitions, int matchPartitions, Duration retention) {
    // Retention counts from when a record was written, not from when its event happened: a backfill
    // of old events would lose them before anyone reads them.
    Map<String, String> events =
        Map.of(
            CLEANUP_POLICY_CONFIG,
            CLEANUP_POLICY_DELETE,
            RETENTION_MS_CONFIG,
            Long.toString(retention.toMillis()),
            RETENTION_BYTES_CONFIG,
            "-1",
            MESSAGE_TIMESTAMP_TYPE_CONFIG,
            LOG_APPEND_TIME);
    Map<String, String> latest = compacted();
    Map<String, String> underWay = new HashMap<>(events);
    if (!retention.isNegative()) {
      underWay.put(RETENTION_MS_CONFIG, Long.toString(UNDER_WAY_RETENTION.toMillis()));
    }
    return List.of(
        new TopicDefinition(imageMetadata(), partitions, events),
        new TopicDefinition(fetchedImages(), matchPartitions, underWay),
        new TopicDefinition(imageFingerprints(), matchPartitions, latest),
        new TopicDefinition(duplicateFound(), partitions, events),
        new TopicDefinition(unique(), partitions, events),
        new TopicDefinition(downloadFailed(), partitions, events),
        new TopicDefinition(imageState(), partitions, latest),
        new TopicDefinition(imageThumbnails(), partitions, latest),
        new TopicDefinition(deadLetters(), partitions, events),
        new TopicDefinition(sourceProgress(), 1, latest),
        new TopicDefinition(fetchControl(), 1, latest));
  }

  /** That of all replays, made by the first. */
  public TopicDefinition replayRunsDefinition() {
    return new TopicDefinition(replayRuns(), 1, compacted());
  }

  /**
   * Settings of a topic that keeps the last record of each key. What was overwritten or removed is
   * gone after 7 days, once its segment is closed.
   */
  private static Map<String, String> compacted() {
    return Map.of(
        CLEANUP_POLICY_CONFIG,
        CLEANUP_POLICY_COMPACT,
        MAX_COMPACTION_LAG_MS_CONFIG,
        Long.toString(MAX_COMPACTION_LAG.toMillis()));
  }

  /** Settings of a store's changelog: what was removed is gone likewise, that it was, later. */
  public static Map<String, String> changelog() {
    Map<String, String> settings = new HashMap<>(compacted());
    settings.put(DELETE_RETENTION_MS_CONFIG, Long.toString(CHANGELOG_MEMORY.toMillis()));
    return Map.copyOf(settings);
  }
}
