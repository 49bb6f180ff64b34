package io.twinstream.topology;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.RecordBatchingStateRestoreCallback;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What restoring leaves in a state directory. The test driver restores nothing itself; here the
 * stores of the app do, by the callbacks that they register for that.
 */
final class RestoredStores {
  private static final TaskId TASK = new TaskId(0, 0);

  private RestoredStores() {}

  /**
   * Writes the stores of the driver's one task.
   *
   * @param changelogs of each store, in order
   */
  static void write(
      Path stateDirectory, Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs) {
    Path task = stateDirectory.resolve("twinstream").resolve(TASK.toString());
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(new Properties(), TASK, task.toFile());
    changelogs.forEach((name, records) -> restore(builder(name), records, context));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String store) {
    return store.equals(PendingStore.NAME)
        ? PendingStore.builder()
        : RocksDbFingerprintStore.builder(store);
  }

  private static void restore(
      StoreBuilder<KeyValueStore<Bytes, byte[]>> builder,
      List<ConsumerRecord<byte[], byte[]>> records,
      MockProcessorContext<Void, Void> context) {
    KeyValueStore<Bytes, byte[]> store = builder.withLoggingDisabled().build();
    store.init(
        registering(context.getStateStoreContext(), callback -> callback.restoreBatch(records)),
        store);
    TopicPartition changelog =
        new TopicPartition("twinstream-%s-changelog".formatted(store.name()), 0);
    store.commit(Map.of(changelog, (long) records.size()));
    store.close();
  }

  private interface Restoring {
    void restore(RecordBatchingStateRestoreCallback callback);
  }

  /** The same context, and what a store registers with it for its restoring is used at once. */
  private static StateStoreContext registering(StateStoreContext context, Restoring restoring) {
    return (StateStoreContext)
        Proxy.newProxyInstance(
            RestoredStores.class.getClassLoader(),
            new Class<?>[] {InternalProcessorContext.class},
            (_, method, arguments) -> {
              if (method.getName().equals("register")) {
                restoring.restore((RecordBatchingStateRestoreCallback) arguments[1]);
                return null;
              }
              try {
                return method.invoke(context, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
