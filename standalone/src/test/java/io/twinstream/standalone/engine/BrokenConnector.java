package io.twinstream.standalone.engine;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** A connector whose task fails as soon as it is asked for something. */
public final class BrokenConnector extends SourceConnector {
  static final String REASON = "the cat sat on the cable";

  @Override
  public void start(Map<String, String> properties) {}

  @Override
  public Class<? extends Task> taskClass() {
    return BrokenTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(Map.of());
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef();
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public String version() {
    return "1";
  }

  /** Its task. */
  public static final class BrokenTask extends SourceTask {
    @Override
    public void start(Map<String, String> properties) {}

    @Override
    public List<SourceRecord> poll() {
      throw new ConnectException(REASON);
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
      return "1";
    }
  }
}
