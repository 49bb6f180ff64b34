package io.twinstream.standalone.engine;

import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamSettings;
import io.twinstream.politeness.HostState;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Broker, Connect worker and stream app over one data directory. */
public final class Engine implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  // One partition keeps the order of the sources.
  private static final int PARTITIONS = 1;
  private static final short REPLICATION = 1;
  private static final Duration FAILURE_CHECK = Duration.ofMillis(100);

  /** With less than this left, a disk is what failed. */
  private static final long FULL_BYTES = 1 << 20;

  private static final Duration STOP_AFTER_FAILURE = Duration.ofSeconds(5);

  private final Path directory;
  private final Timings timings;
  // Closed in reverse order.
  private final Deque<Part> parts = new ArrayDeque<>();
  private EmbeddedBroker broker;
  private EmbeddedConnect connect;
  private StreamApp app;

  private Engine(Path directory, Timings timings) {
    this.directory = directory;
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
    Engine engine = new Engine(directory, timings);
    try {
      engine.startParts(topics, settings);
      return engine;
    } catch (RuntimeException | Error e) {
      engine.close();
      throw engine.explained(e);
    }
  }

  private BrokenException explained(Throwable e) {
    LOG.error("The engine did not start", e);
    if (isDiskFull()) {
      return new BrokenException(fullDisk(), e);
    }
    return e instanceof BrokenException broken
        ? broken
        : new BrokenException("the engine did not start: " + e.getMessage(), e);
  }

  private void startParts(Topics topics, Function<String, StreamSettings> settings) {
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
      connect = await(connecting);
      parts.push(new Part("stop connect", connect));
    }
  }

  /** Waits, but not for what will never come. */
  private <T> T await(CompletableFuture<T> future) {
    while (true) {
      try {
        return future.get(FAILURE_CHECK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        requireAlive();
      } catch (ExecutionException e) {
        requireAlive();
        throw new BrokenException(e.getCause().getMessage(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BrokenException("interrupted", e);
      }
    }
  }

  /** Where clients find the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /**
   * The hosts that are left alone for a while, because they kept failing or asked for it, as people
   * are told.
   *
   * @param oldest the address of the oldest image without a result, if there is one: its host comes
   *     first, since the results of all others wait for it
   */
  public List<String> unavailableHosts(Optional<String> oldest) {
    return unavailable(app.hosts(), oldest.flatMap(app::host));
  }

  static List<String> unavailable(List<HostState> hosts, Optional<String> first) {
    return hosts.stream()
        .filter(host -> host.open() || host.pausedUntil().isPresent())
        .sorted(
            Comparator.comparing((HostState host) -> !first.equals(Optional.of(host.name())))
                .thenComparing(HostState::name))
        .map(Engine::described)
        .toList();
  }

  private static String described(HostState host) {
    return host.name()
        + host.pausedUntil()
            .map(until -> ", which asked for it, until " + TIME.format(until))
            .orElse("");
  }

  /** Starts to read a source. */
  public void read(String name, Map<String, String> config) {
    await(connect.run(name, config));
  }

  /**
   * Checks that all parts can go on.
   *
   * @throws BrokenException if one failed for good; the message says why
   */
  public void requireAlive() {
    failure()
        .ifPresent(reason -> {
          throw new BrokenException(isDiskFull() ? fullDisk() : reason);
        });
  }

  private boolean isDiskFull() {
    return directory.toFile().getUsableSpace() < FULL_BYTES;
  }

  private String fullDisk() {
    return "the disk of %s is full; make room, then the same command goes on".formatted(directory);
  }

  private Optional<String> failure() {
    if (broker != null && broker.failed().isDone()) {
      return Optional.of("Kafka stopped: " + broker.failed().join());
    }
    if (app != null && app.failed().isDone()) {
      return Optional.of("the app stopped: " + app.failed().join());
    }
    return Optional.empty();
  }

  /** Why a source can't be read any further, if that is so. */
  public Optional<String> failureOf(String source) {
    return Optional.of(connect.failureOf(source)).filter(trace -> !trace.isEmpty());
  }

  /**
   * Stops everything cleanly. After a failure, when parts may wait for each other for ever, it
   * waits only for so long: what a part leaves behind is what a crash would leave, and is repaired
   * by the next start.
   */
  @Override
  public void close() {
    if (failure().isEmpty()) {
      closeParts();
      return;
    }
    Thread closing =
        Thread.ofPlatform().daemon().name("stop-after-failure").start(this::closeParts);
    try {
      closing.join(STOP_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeParts() {
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
