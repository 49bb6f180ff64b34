package io.twinstream.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Connect's memory of sources, kept in a map; it knows what has been committed to it. */
public final class MemoryOffsets implements OffsetStorageReader {
  private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
  private final List<Integer> lookUps = new ArrayList<>();

  /** Remembers the offsets of records, in their order. */
  public void commit(List<SourceRecord> records) {
    for (SourceRecord record : records) {
      offsets.put(Map.copyOf(record.sourcePartition()), Map.copyOf(record.sourceOffset()));
    }
  }

  /** How many places were asked about, look-up by look-up. */
  public List<Integer> lookUps() {
    return List.copyOf(lookUps);
  }

  @Override
  public <T> Map<String, Object> offset(Map<String, T> partition) {
    return offsets.get(partition);
  }

  @Override
  public <T> Map<Map<String, T>, Map<String, Object>> offsets(
      Collection<Map<String, T>> partitions) {
    lookUps.add(partitions.size());
    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
    partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
    return found;
  }
}
