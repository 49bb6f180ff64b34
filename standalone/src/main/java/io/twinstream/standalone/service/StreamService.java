package io.twinstream.standalone.service;

import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamSettings;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.topology.RefusedStoreException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the topology, from its start until it is told to stop. */
public final class StreamService {
  private static final Logger LOG = LoggerFactory.getLogger(StreamService.class);
  private static final Duration FAILURE_CHECK = Duration.ofMillis(200);

  private final Cluster cluster;
  private final StreamSettings settings;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /** Null before it is started. */
  private volatile StreamApp app;

  /** Ready to run. */
  public StreamService(Cluster cluster, StreamSettings settings) {
    this.cluster = cluster;
    this.settings = settings;
  }

  /** Asks a running service to stop; safe from any thread. */
  public void stop() {
    stopped.countDown();
  }

  /**
   * Whether this instance can still judge, now or later: not once its stream threads have failed
   * for good. Safe from any thread.
   */
  public boolean isAlive() {
    StreamApp current = app;
    return current == null || !current.failed().isDone();
  }

  /** Whether events are being judged; safe from any thread. */
  public boolean isReady() {
    StreamApp current = app;
    return current != null && current.isRunning();
  }

  /** The app while it is started; safe from any thread. */
  public Optional<StreamApp> app() {
    return Optional.ofNullable(app);
  }

  /**
   * Waits for the topics, then judges what comes until it is stopped.
   *
   * @throws RefusedException if the topics are not such that it can work with them, or it was
   *     started in a way that does not fit its stores
   * @throws BrokenException if the topics don't come, or the app failed for good
   */
  public void run() {
    if (cluster
        .ask(
            "the topics that are made by: twinstream topics",
            new InstanceTopics(settings.topics())::look,
            stopped)
        .isEmpty()) {
      return;
    }
    try (StreamApp started = built()) {
      start(started);
      app = started;
      LOG.info("Started as {} at {}", settings.instanceId(), cluster.bootstrapServers());
      untilStopped(started);
    } finally {
      app = null;
    }
    LOG.info("Stopped");
  }

  private BrokenException stoppedBy(Throwable failure) {
    boolean isOld =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
            .anyMatch(UnsupportedVersionException.class::isInstance);
    return new BrokenException(
        isOld
            ? "the brokers at %s are too old for the app (%s). Run a newer version of Kafka on them."
                .formatted(cluster.bootstrapServers(), failure.getMessage())
            : "the app stopped: " + failure,
        failure);
  }

  private StreamApp built() {
    try {
      return new StreamApp(settings);
    } catch (ConfigException e) {
      throw new RefusedException("--kafka: " + e.getMessage());
    }
  }

  private static void start(StreamApp app) {
    try {
      app.start();
    } catch (KafkaException | IllegalStateException e) {
      throw new BrokenException("the app did not start: " + e.getMessage(), e);
    }
  }

  private void untilStopped(StreamApp running) {
    try {
      while (!stopped.await(FAILURE_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (running.failed().isDone()) {
          if (running.failed().join() instanceof RefusedStoreException refused) {
            throw new RefusedException(refused.getMessage());
          }
          throw stoppedBy(running.failed().join());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
