package io.twinstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.config.ConfigDef.NonEmptyStringWithoutControlChars.nonEmptyStringWithoutControlChars;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.topic.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings that every source has.
 *
 * @param origin what all its images have in common
 * @param topics where its events go
 * @param batchSize how many events a batch has at most, 1 or more
 * @param rescanInterval how long after one pass the next begins; {@link #NEVER}: one pass is all
 * @param share which part of the source it is that a task reads
 */
public record SourceSettings(
    Origin origin, Topics topics, int batchSize, Duration rescanInterval, Share share) {
  /** No second pass. */
  public static final Duration NEVER = Duration.ofMillis(-1);

  /** Name of the source. */
  public static final String SOURCE_NAME = "source.name";

  /** Before every topic name. */
  public static final String TOPIC_PREFIX = "topic.prefix";

  /** Collection of the images. */
  public static final String COLLECTION = "collection";

  /** Steps in a batch. */
  public static final String BATCH_SIZE = "batch.size";

  /** Time between two passes. */
  public static final String RESCAN_INTERVAL = "rescan.interval.ms";

  /** Which of the tasks it is; set by the connector. */
  static final String TASK = "share.task";

  /** How many tasks there are; set by the connector. */
  static final String TASKS = "share.tasks";

  private static final int LONGEST_NAME = 250;

  /** A new definition of these settings, for a connector to add its own to. */
  public static ConfigDef definition() {
    return new ConfigDef()
        .define(
            SOURCE_NAME,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            ConfigDef.CompositeValidator.of(
                nonEmptyStringWithoutControlChars(), SourceSettings::checkName),
            Importance.HIGH,
            "Name of the source. Ids that it makes up begin with it, progress is reported and"
                + " remembered under it: a source that gets another name is read from its start.")
        .define(
            TOPIC_PREFIX,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "What stands before the name of every topic.")
        .define(
            COLLECTION,
            ConfigDef.Type.STRING,
            ImageKey.DEFAULT_COLLECTION,
            SourceSettings::checkCollection,
            Importance.MEDIUM,
            "The collection of the images: duplicates are searched within it.")
        .define(
            Origin.ATTRIBUTES,
            ConfigDef.Type.LIST,
            List.of(),
            (name, value) -> checkAttributes(value),
            Importance.LOW,
            "Texts that are added to the attributes of every image, as NAME=VALUE,NAME=VALUE.")
        .define(
            BATCH_SIZE,
            ConfigDef.Type.INT,
            2_000,
            Range.between(1, 100_000),
            Importance.LOW,
            "The most events in a batch, which is also a transaction. A source that gives fewer in"
                + " a tenth of a second has smaller ones, and no batch has much more than 32 MB.")
        .define(
            RESCAN_INTERVAL,
            ConfigDef.Type.LONG,
            NEVER.toMillis(),
            Range.atLeast(-1),
            Importance.MEDIUM,
            "Milliseconds after which the source is read again for what is new or has changed; -1:"
                + " it is read once.")
        .defineInternal(TASK, ConfigDef.Type.INT, 0, Importance.LOW)
        .defineInternal(TASKS, ConfigDef.Type.INT, 1, Importance.LOW);
  }

  /** These settings out of a connector's. */
  public static SourceSettings of(AbstractConfig config) {
    return new SourceSettings(
        new Origin(
            config.getString(SOURCE_NAME),
            config.getString(COLLECTION),
            attributes(config.getList(Origin.ATTRIBUTES))),
        new Topics(config.getString(TOPIC_PREFIX)),
        config.getInt(BATCH_SIZE),
        Duration.ofMillis(config.getLong(RESCAN_INTERVAL)),
        new Share(config.getInt(TASK), config.getInt(TASKS)));
  }

  /** For a setting that holds a path; that there has to be one is checked elsewhere. */
  public static void checkPath(String name, Object value) {
    if (value != null) {
      path(name, (String) value);
    }
  }

  /**
   * A path as it is written in a setting. It may be written as a {@code file:} URI, too, in which a
   * comma can be {@code %2C} where a comma would end the element of a list.
   *
   * @throws ConfigException if it can't be a path
   */
  public static Path path(String setting, String text) {
    try {
      return text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(setting, text, "it can't be a path: " + e.getMessage());
    }
  }

  /** Ids begin with it and need room for more. */
  private static void checkName(String setting, Object name) {
    int bytes = name == null ? 0 : ((String) name).getBytes(UTF_8).length;
    if (bytes > LONGEST_NAME) {
      throw new ConfigException(
          setting,
          name,
          "a name has at most %d bytes, this one has %d".formatted(LONGEST_NAME, bytes));
    }
  }

  private static void checkCollection(String name, Object value) {
    try {
      new ImageKey((String) value, "1");
    } catch (IllegalArgumentException e) {
      throw new ConfigException(name, value, e.getMessage());
    }
  }

  /** What no event can have must not become a dead letter for each image. */
  private static void checkAttributes(Object list) {
    try {
      new ImageMetadata(
          ImageKey.DEFAULT_COLLECTION, "1", "file:///1", Attributes.ofTexts(attributes(list)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(Origin.ATTRIBUTES + ": " + e.getMessage());
    }
  }

  private static Map<String, String> attributes(Object list) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Object element : (List<?>) list) {
      String text = (String) element;
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new ConfigException(
            Origin.ATTRIBUTES, list, "\"%s\" is no attribute; write NAME=VALUE".formatted(text));
      }
      if (attributes.put(text.substring(0, equals), text.substring(equals + 1)) != null) {
        throw new ConfigException(
            Origin.ATTRIBUTES, list, "\"%s\" is given twice".formatted(text.substring(0, equals)));
      }
    }
    return attributes;
  }
}
