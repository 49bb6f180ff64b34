package io.twinstream.ingest.folder;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.ImageSourceConnector;
import io.twinstream.ingest.Submitted;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Publishes an {@code image-metadata} event for each picture in a folder and below it. */
public final class FolderSourceConnector extends ImageSourceConnector {
  private static final Pattern TASK = Pattern.compile("0|[1-9][0-9]{0,8}");

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
  protected void checkBookmark(Submitted partition, Submitted offset) {
    if (partition.has(FolderBookmarks.PATH)) {
      partition.requireKeys(Set.of(Bookmark.SOURCE, FolderBookmarks.PATH));
      partition.text(FolderBookmarks.PATH);
      checkFile(offset);
      return;
    }
    if (partition.has(FolderBookmarks.TASK)) {
      partition.requireKeys(Set.of(Bookmark.SOURCE, FolderBookmarks.TASK));
      if (!TASK.matcher(partition.text(FolderBookmarks.TASK)).matches()) {
        throw partition.wrong(FolderBookmarks.TASK, "the number of a task in digits, from \"0\"");
      }
    } else {
      partition.requireKeys(Set.of(Bookmark.SOURCE));
    }
    offset.requireKeys(Set.of(FolderBookmarks.PUBLISHED));
    offset.requireWhole(FolderBookmarks.PUBLISHED, 0, Long.MAX_VALUE);
  }

  private static void checkFile(Submitted offset) {
    if (offset.has(FolderBookmarks.REFUSED)) {
      offset.requireKeys(Set.of(FolderBookmarks.REFUSED));
      offset.text(FolderBookmarks.REFUSED);
    } else {
      offset.requireKeys(Set.of(FolderBookmarks.SIZE, FolderBookmarks.MODIFIED));
      offset.requireWhole(FolderBookmarks.SIZE, 0, Long.MAX_VALUE);
      // There were files before 1970.
      offset.requireWhole(FolderBookmarks.MODIFIED, Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }
}
