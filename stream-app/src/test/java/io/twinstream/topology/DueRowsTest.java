package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.politeness.FetchControl;
import io.twinstream.politeness.HostLimits;
import io.twinstream.politeness.Hosts;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.topology.PendingStore.Place;
import io.twinstream.topology.PendingStore.Row;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of the store is read when very many rows are due at once. RocksDB, reads counted. */
class DueRowsTest {
  private static final int ROWS = 10_000;
  private static final int HOSTS = 64;
  private static final int AT_A_TIME = 256;
  private static final long DUE = 1_000;

  @TempDir private Path folder;
  private KeyValueStore<Bytes, byte[]> opened;
  private long reads;

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void rowsThatAreDueAtOnceAreReadAFewTimesEachAndNotAllOfThemEachTick() {
    PendingStore store = openStore();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String lane = "host-" + i % HOSTS;
      places.add(store.add(new Place(lane, DUE, i), event(i)).place());
    }
    Hosts hosts =
        new Hosts(HostLimits.DEFAULT, 1, AT_A_TIME, new FetchControl(), InstantSource.system());
    reads = 0;
    Agenda agenda = new Agenda(store, hosts, ROWS);

    Queue<Row> underWay = new ArrayDeque<>();
    List<Place> started = new ArrayList<>();
    int ticks = 0;
    long readsWhileFull = 0;
    while (started.size() < ROWS) {
      agenda.refresh(DUE + ticks++);
      start(agenda, store, underWay, started, DUE + ticks);
      long before = reads;
      // All permits are taken: this is what most ticks of a long backlog are.
      agenda.refresh(DUE + ticks);
      readsWhileFull += reads - before;
      for (int i = 0; i < AT_A_TIME / 4 && !underWay.isEmpty(); i++) {
        store.delete(underWay.remove());
      }
    }

    assertThat(started).containsExactlyInAnyOrderElementsOf(places);
    // Its place, itself, and whether it is still the latest when it goes.
    assertThat(reads).isLessThan(4L * ROWS);
    assertThat(readsWhileFull).isLessThan(10L * HOSTS);
    assertThat(ticks).isGreaterThan(ROWS / AT_A_TIME);
  }

  private static void start(
      Agenda agenda, PendingStore store, Queue<Row> underWay, List<Place> started, long now) {
    while (underWay.size() < AT_A_TIME) {
      Optional<Lane> lane = agenda.next(now);
      if (lane.isEmpty()) {
        return;
      }
      Place place = lane.get().peek(store).orElseThrow();
      underWay.add(store.get(place).orElseThrow());
      started.add(place);
      lane.get().take();
      agenda.again(lane.get(), now);
    }
  }

  private static PendingEvent event(int number) {
    ImageMetadata image =
        new ImageMetadata(
            "default",
            "" + number,
            "http://host-%s/%s".formatted(number % HOSTS, number),
            Attributes.NONE);
    return new PendingEvent(
        number, image.key(), image, 0, new RecordHeaders(), 0, 1, DUE, Optional.empty());
  }

  private PendingStore openStore() {
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, 0), folder.toFile());
    opened = PendingStore.builder().withLoggingDisabled().build();
    opened.init(context.getStateStoreContext(), opened);
    return new PendingStore(counting(KeyValueStore.class, opened));
  }

  /** The same, but each row that it hands over is counted. */
  @SuppressWarnings("unchecked")
  private <T> T counting(Class<? super T> type, T counted) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              Object result = call(counted, method, arguments);
              if (method.getName().equals("get") || method.getName().equals("next")) {
                reads++;
              }
              return result instanceof KeyValueIterator<?, ?> rows
                  ? counting(KeyValueIterator.class, rows)
                  : result;
            });
  }

  private static Object call(Object object, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(object, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
