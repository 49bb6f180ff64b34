package io.twinstream.ingest.csv;

import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.ImageSourceTask;
import io.twinstream.ingest.SourceSettings;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Reads one CSV file. */
public final class CsvSourceTask extends ImageSourceTask {
  /** For Connect. */
  public CsvSourceTask() {
    this(System::nanoTime);
  }

  CsvSourceTask(LongSupplier nanoClock) {
    super(nanoClock);
  }

  @Override
  protected SourceSettings settings(Map<String, String> properties) {
    return CsvSettings.of(properties).source();
  }

  @Override
  protected ImageSource source(Map<String, String> properties, OffsetStorageReader remembered) {
    CsvSettings settings = CsvSettings.of(properties);
    String name = settings.source().origin().name();
    return settings.toSource(
        () -> CsvBookmark.read(remembered.offset(CsvBookmark.partition(name))));
  }
}
