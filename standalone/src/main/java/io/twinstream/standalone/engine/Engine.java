package io.twinstream.standalone.engine;

import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamSettings;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker, Connect worker and stream app over one data directory. */
public final class Engine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  // One partition keeps the order of the sources; see DESIGN in docs/architecture.md.
  private static final int PARTITIONS = 1;
  private static final short REPLICATION = 1;

  private final Timings timings;
  // Closed in reverse order.
  private final Deque<Part> parts = new ArrayDeque<>();
  private EmbeddedBroker broker;
  private EmbeddedConnect connect;
  private StreamApp app;

  private Engine(Timings timings) {
    this.timings = timings;
  }

  private record Part(String name, AutoCloseable closeable) {}

  /**
   * Starts everything and returns when it works.
   *
   * @param directory of the data
   * @param settings makes the app's settings, given where the broker is
   */
  public static Engine start(
      Path directory, Topics topics, Function<String, StreamSettings> settings, Timings timings) {
    Engine engine = new Engine(timings);
    try {
      engine.startParts(directory, topics, settings);
      return engine;
    } catch (RuntimeException | Error e) {
      engine.close();
      throw e;
    }
  }

  private void startParts(
      Path directory, Topics topics, Function<String, StreamSettings> settings) {
    broker = timings.time("start broker", () -> EmbeddedBroker.start(directory.resolve("kafka")));
    parts.push(new Part("stop broker", broker));
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            broker.bootstrapServers(),
            AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
            false);
    try (Admin admin = Admin.create(config)) {
      timings.time(
          "create topics",
          () -> {
            new TopicProvisioner(admin, REPLICATION)
                .provision(topics.definitions(PARTITIONS, PARTITIONS, Topics.FOR_EVER));
            return null;
          });
      CompletableFuture<EmbeddedConnect> connecting =
          CompletableFuture.supplyAsync(() ->
              timings.time(
                  "start connect", () -> EmbeddedConnect.start(admin, broker.bootstrapServers())));
      app =
          timings.time(
              "start app",
              () -> {
                StreamApp made = new StreamApp(settings.apply(broker.bootstrapServers()));
                parts.push(new Part("stop app", made));
                made.start();
                return made;
              });
      connect = connecting.join();
      parts.push(new Part("stop connect", connect));
    } catch (CompletionException e) {
      throw new BrokenException("the Connect worker did not start: " + e.getCause(), e);
    }
  }

  /** Where clients find the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Starts to read a source. */
  public void read(String name, Map<String, String> config) {
    connect.run(name, config);
  }

  /** Why the engine can't go on, if something failed for good. */
  public Optional<String> failure() {
    if (broker.failed().isDone()) {
      return Optional.of("the broker stopped: " + broker.failed().join());
    }
    if (app.failed().isDone()) {
      return Optional.of("the app stopped: " + app.failed().join());
    }
    return Optional.empty();
  }

  /** Why a source can't be read any further, if that is so. */
  public Optional<String> failureOf(String source) {
    return Optional.of(connect.failureOf(source)).filter(trace -> !trace.isEmpty());
  }

  /** Stops everything cleanly. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      timings.time(
          part.name(),
          () -> {
            try {
              part.closeable().close();
            } catch (Exception e) {
              LOG.warn("{} failed", part.name(), e);
            }
            return null;
          });
    }
  }
}
