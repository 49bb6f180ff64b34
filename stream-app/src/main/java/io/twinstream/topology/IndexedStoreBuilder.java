package io.twinstream.topology;

import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes stores of rows with an index over each. */
record IndexedStoreBuilder(StoreBuilder<KeyValueStore<Bytes, byte[]>> rows, IndexBuilder indexes)
    implements StoreBuilder<IndexedStore> {
  @Override
  public IndexedStore build() {
    return new IndexedStore(rows.build(), indexes);
  }

  @Override
  public StoreBuilder<IndexedStore> withCachingEnabled() {
    return new IndexedStoreBuilder(rows.withCachingEnabled(), indexes);
  }

  @Override
  public StoreBuilder<IndexedStore> withCachingDisabled() {
    return new IndexedStoreBuilder(rows.withCachingDisabled(), indexes);
  }

  @Override
  public StoreBuilder<IndexedStore> withLoggingEnabled(Map<String, String> config) {
    return new IndexedStoreBuilder(rows.withLoggingEnabled(config), indexes);
  }

  @Override
  public StoreBuilder<IndexedStore> withLoggingDisabled() {
    return new IndexedStoreBuilder(rows.withLoggingDisabled(), indexes);
  }

  @Override
  public Map<String, String> logConfig() {
    return rows.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return rows.loggingEnabled();
  }

  @Override
  public String name() {
    return rows.name();
  }
}
