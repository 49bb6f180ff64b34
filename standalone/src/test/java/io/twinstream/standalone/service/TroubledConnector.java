package io.twinstream.standalone.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** A connector that fails, or whose tasks fail, as long as a file is there. */
public final class TroubledConnector extends SourceConnector {
  static final String ITS_TROUBLE = "connector.trouble";
  static final String TASKS_TROUBLE = "task.trouble";

  /** How often tasks were started. */
  static final AtomicInteger TASK_STARTS = new AtomicInteger();

  private Map<String, String> properties = Map.of();

  @Override
  public void start(Map<String, String> properties) {
    this.properties = properties;
    failIfThereIs(properties.get(ITS_TROUBLE));
  }

  private static void failIfThereIs(String trouble) {
    if (Files.exists(Path.of(trouble))) {
      throw new ConnectException("there is " + trouble);
    }
  }

  @Override
  public Class<? extends Task> taskClass() {
    return TroubledTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(maxTasks, Map.of(TASKS_TROUBLE, properties.get(TASKS_TROUBLE)));
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef()
        .define(ITS_TROUBLE, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "")
        .define(TASKS_TROUBLE, ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "");
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> properties) {
    return ExactlyOnceSupport.SUPPORTED;
  }

  @Override
  public String version() {
    return "1";
  }

  /** Its task, which publishes nothing. */
  public static final class TroubledTask extends SourceTask {
    private String trouble = "";

    @Override
    public void start(Map<String, String> properties) {
      TASK_STARTS.incrementAndGet();
      trouble = properties.get(TASKS_TROUBLE);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
      failIfThereIs(trouble);
      TimeUnit.MILLISECONDS.sleep(50);
      return null;
    }

    @Override
    public void stop() {}

    @Override
    public String version() {
      return "1";
    }
  }
}
