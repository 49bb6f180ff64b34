package io.twinstream.ingest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * A connector whose one task reads one source in an order that does not change. Its settings are
 * checked against the source itself, before the task starts.
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
   * Looks at what someone wants to be remembered for a place of the source.
   *
   * @throws IllegalArgumentException if it is nothing that this connector writes
   */
  protected abstract void checkBookmark(Map<String, ?> partition, Map<String, ?> offset);

  @Override
  public String version() {
    return VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    try {
      check(properties);
    } catch (UnusableSourceException e) {
      throw toConfigException(e);
    }
    this.properties = Map.copyOf(properties);
  }

  @Override
  public Config validate(Map<String, String> properties) {
    Config result = super.validate(properties);
    if (result.configValues().stream().allMatch(value -> value.errorMessages().isEmpty())) {
      try {
        check(properties);
      } catch (UnusableSourceException e) {
        setting(result, e.setting()).addErrorMessage(e.getMessage());
      }
    }
    return result;
  }

  private static ConfigValue setting(Config config, String name) {
    return config.configValues().stream()
        .filter(value -> value.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  /** Order is worth more than speed here: one task, however many are allowed. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(properties);
  }

  @Override
  public void stop() {}

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public boolean alterOffsets(
      Map<String, String> properties, Map<Map<String, ?>, Map<String, ?>> offsets) {
    offsets.forEach((partition, offset) -> {
      if (!(partition.get(Bookmark.SOURCE) instanceof String)) {
        throw new ConnectException(
            "the partition %s needs the source's name as \"source\"".formatted(partition));
      }
      if (offset != null) {
        checkOffset(partition, offset);
      }
    });
    return true;
  }

  private void checkOffset(Map<String, ?> partition, Map<String, ?> offset) {
    try {
      checkBookmark(partition, offset);
    } catch (IllegalArgumentException e) {
      throw new ConnectException(
          "the offset %s of %s can't be used: %s".formatted(offset, partition, e.getMessage()), e);
    }
  }

  static ConfigException toConfigException(UnusableSourceException e) {
    return new ConfigException(e.setting() + ": " + e.getMessage());
  }
}
