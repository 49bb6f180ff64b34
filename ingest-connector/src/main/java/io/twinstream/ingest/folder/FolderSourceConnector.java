package io.twinstream.ingest.folder;

import io.twinstream.ingest.ImageSourceConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Publishes an {@code image-metadata} event for each picture in a folder and below it. */
public final class FolderSourceConnector extends ImageSourceConnector {
  @Override
  public ConfigDef config() {
    return FolderSettings.DEFINITION;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return FolderSourceTask.class;
  }

  /** Each of them walks through all of the folder, so many more would not be faster. */
  @Override
  protected int mostTasks() {
    return 16;
  }

  @Override
  protected void check(Map<String, String> properties) {
    FolderSettings.of(properties).realFolder();
  }

  @Override
  protected void checkBookmark(Map<String, ?> partition, Map<String, ?> offset) {
    boolean file = partition.get(FolderBookmarks.PATH) instanceof String;
    if (file
        && !(offset.get(FolderBookmarks.SIZE) instanceof Number
            && offset.get(FolderBookmarks.MODIFIED) instanceof Number)
        && !(offset.get(FolderBookmarks.REFUSED) instanceof String)) {
      throw new IllegalArgumentException(
          "of a file, \"%s\" and \"%s\" are remembered, or \"%s\""
              .formatted(FolderBookmarks.SIZE, FolderBookmarks.MODIFIED, FolderBookmarks.REFUSED));
    }
  }
}
