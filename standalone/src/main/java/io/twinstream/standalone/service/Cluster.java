package io.twinstream.standalone.service;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka cluster that may come up later than those who need it: services start in any order.
 *
 * @param bootstrapServers {@code host:port[,…]}
 * @param patience how long it may take to come up
 */
public record Cluster(String bootstrapServers, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration REMINDER = Duration.ofSeconds(10);
  private static final int REQUEST_TIMEOUT_MS = 5_000;

  /** What a client says of names that DNS doesn't know, or doesn't know yet. */
  private static final String UNRESOLVED = "No resolvable bootstrap urls";

  /**
   * Waits until it answers.
   *
   * @throws BrokenException if it doesn't in time
   * @throws RefusedException if the address can't be one
   */
  public void await() {
    ask("a cluster", Cluster::id, new CountDownLatch(1));
  }

  private static Optional<String> id(Admin admin) {
    try {
      return Optional.of(admin.describeCluster().clusterId().get());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * Asks, once at least, until there is an answer.
   *
   * @param what is waited for, for the log
   * @param question its answer is empty as long as it can't be given
   * @param stop ends the waiting when it reaches zero
   * @return empty if it was stopped
   * @throws BrokenException if there is no answer in time, or none that waiting would change
   * @throws RefusedException if the address can't be one
   */
  public <T> Optional<T> ask(
      String what, Function<Admin, Optional<T>> question, CountDownLatch stop) {
    long start = System.nanoTime();
    long reminded = start;
    String problem = "";
    do {
      try (Admin admin = admin()) {
        Optional<T> answer = question.apply(admin);
        if (answer.isPresent()) {
          return answer;
        }
        problem = "it is not there yet";
      } catch (RetriableException | InvalidReplicationFactorException e) {
        // Brokers come up one by one: the first knows of too few for the copies that are asked for.
        problem = e.getMessage();
      } catch (KafkaException e) {
        problem = unresolved(what, e);
      }
      if (System.nanoTime() - reminded > REMINDER.toNanos()) {
        LOG.info("Waiting for {} at {}: {}", what, bootstrapServers, problem);
        reminded = System.nanoTime();
      }
      if (isStopped(stop)) {
        return Optional.empty();
      }
    } while (System.nanoTime() - start < patience.toNanos());
    throw new BrokenException(
        "%s at %s: nothing after %d s (%s)"
            .formatted(what, bootstrapServers, patience.toSeconds(), problem));
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MS,
            AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
            PAUSE.toMillis(),
            AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
            false));
  }

  private String unresolved(String what, KafkaException e) {
    if (e.getCause() instanceof ConfigException config) {
      if (config.getMessage().startsWith(UNRESOLVED)) {
        return "its name has no address";
      }
      throw new RefusedException(
          "%s can't be a Kafka cluster: %s".formatted(bootstrapServers, config.getMessage()));
    }
    throw new BrokenException(
        "%s at %s: the cluster refuses, and asking again won't help (%s). %s"
            .formatted(what, bootstrapServers, e.getMessage(), advice(e)),
        e);
  }

  private static String advice(KafkaException e) {
    return switch (e) {
      case AuthorizationException denied -> "Whoever runs the cluster can grant what is missing.";
      case AuthenticationException unknown ->
          "Name a listener that takes clients as they come: there is no way to log in yet.";
      case UnsupportedVersionException old -> "Run a newer version of Kafka on the brokers.";
      default -> "Change what it names, or ask whoever runs the cluster.";
    };
  }

  private static boolean isStopped(CountDownLatch stop) {
    try {
      return stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
