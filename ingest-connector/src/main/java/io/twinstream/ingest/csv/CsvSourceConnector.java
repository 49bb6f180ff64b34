package io.twinstream.ingest.csv;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.ImageSourceConnector;
import io.twinstream.ingest.Submitted;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Publishes an {@code image-metadata} event for each row of a CSV file. */
public final class CsvSourceConnector extends ImageSourceConnector {
  @Override
  public ConfigDef config() {
    return CsvSettings.DEFINITION;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return CsvSourceTask.class;
  }

  @Override
  protected void check(Map<String, String> properties) {
    CsvSettings.of(properties).check();
  }

  @Override
  protected void checkBookmark(Submitted partition, Submitted offset) {
    partition.requireKeys(Set.of(Bookmark.SOURCE));
    CsvBookmark.check(offset);
  }
}
