package io.twinstream.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * A connector for one source. Its settings are checked against the source itself, before a task
 * starts.
 */
public abstract class ImageSourceConnector extends SourceConnector {
  /** That of the jar; run from class files there is none. */
  static final String VERSION =
      Objects.requireNonNullElse(
          ImageSourceConnector.class.getPackage().getImplementationVersion(), "development");

  private Map<String, String> properties = Map.of();

  /**
   * Looks at the source as the task would.
   *
   * @throws ConfigException if a setting is wrong by itself
   * @throws UnusableSourceException if the source can't be read with these settings
   */
  protected abstract void check(Map<String, String> properties);

  /**
   * Looks at what someone wants to be remembered for a place of the source. That it is this source
   * has been seen to.
   *
   * @throws IllegalArgumentException if it is nothing that this connector writes
   */
  protected abstract void checkBookmark(Submitted partition, Submitted offset);

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    try {
      checkAll(properties);
    } catch (UnusableSourceException e) {
      throw toConfigException(e);
    }
    this.properties = Map.copyOf(properties);
  }

  @Override
  public Config validate(Map<String, String> submitted) {
    // Connect itself refuses settings that are null.
    Map<String, String> properties = new HashMap<>(submitted);
    properties.values().removeIf(Objects::isNull);
    Config result = super.validate(properties);
    if (result.configValues().stream().allMatch(value -> value.errorMessages().isEmpty())) {
      try {
        checkAll(properties);
      } catch (UnusableSourceException e) {
        setting(result, e.setting()).addErrorMessage(e.getMessage());
      }
    }
    return result;
  }

  private void checkAll(Map<String, String> properties) {
    for (String setting : List.of(SourceSettings.TASK, SourceSettings.TASKS)) {
      if (properties.containsKey(setting)) {
        throw new UnusableSourceException(
            setting, "the connector sets it for its tasks; remove it, and set tasks.max instead");
      }
    }
    check(properties);
  }

  private static ConfigValue setting(Config config, String name) {
    return config.configValues().stream()
        .filter(value -> value.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  /** How many tasks can share a source; one task reads it in an order that does not change. */
  protected int mostTasks() {
    return 1;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    int tasks = Math.min(maxTasks, mostTasks());
    if (tasks == 1) {
      return List.of(properties);
    }
    return IntStream.range(0, tasks).mapToObj(task -> taskConfig(task, tasks)).toList();
  }

  private Map<String, String> taskConfig(int task, int tasks) {
    Map<String, String> config = new HashMap<>(properties);
    config.put(SourceSettings.TASK, Integer.toString(task));
    config.put(SourceSettings.TASKS, Integer.toString(tasks));
    return config;
  }

  @Override
  public void stop() {}

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  /**
   * What is to be forgotten may be anything: offsets outlive their connector, and who deletes all
   * of them deletes those, too, that a connector of another class has left under the same name.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
    offsets.forEach((partition, offset) -> {
      if (offset != null) {
        checkOffset(properties.get(SourceSettings.SOURCE_NAME), partition, offset);
      }
    });
    return true;
  }

  private void checkOffset(String source, Map<String, ?> partition, Map<String, ?> offset) {
    try {
      Submitted place = new Submitted(partition);
      if (!place.text(Bookmark.SOURCE).equals(source)) {
        throw place.wrong(Bookmark.SOURCE, "\"%s\", the connector's source.name".formatted(source));
      }
      checkBookmark(place, new Submitted(offset));
    } catch (IllegalArgumentException e) {
      throw new ConnectException(
          "the offset %s of %s can't be used: %s".formatted(offset, partition, e.getMessage()), e);
    }
  }

  static ConfigException toConfigException(UnusableSourceException e) {
    return new ConfigException(e.setting() + ": " + e.getMessage());
  }
}
