package io.twinstream.ingest.folder;

import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.ImageSourceTask;
import io.twinstream.ingest.SourceSettings;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Reads one folder. */
public final class FolderSourceTask extends ImageSourceTask {
  /** For Connect. */
  public FolderSourceTask() {
    this(System::nanoTime);
  }

  FolderSourceTask(LongSupplier nanoClock) {
    super(nanoClock);
  }

  @Override
  protected SourceSettings settings(Map<String, String> properties) {
    return FolderSettings.of(properties).source();
  }

  @Override
  protected ImageSource source(Map<String, String> properties, OffsetStorageReader remembered) {
    FolderSettings settings = FolderSettings.of(properties);
    return new FolderSource(
        settings.source().origin(),
        settings.source().share(),
        settings::realFolder,
        settings::realExcluded,
        new Disk(),
        remembered::offsets,
        settings.source().batchSize());
  }
}
