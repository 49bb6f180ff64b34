package io.twinstream.standalone.engine;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.converters.ByteArrayConverter;
import org.apache.kafka.connect.errors.NotFoundException;
import org.apache.kafka.connect.runtime.AbstractStatus;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;

/**
 * Kafka Connect's own distributed worker in this process, since only that one publishes exactly
 * once. Connectors live as long as the worker; their source offsets stay.
 */
public final class EmbeddedConnect implements AutoCloseable {
  private static final String CONFIGS = "connect-configs";
  private static final String STATUS = "connect-status";
  private static final String OFFSETS = "connect-offsets";

  private final Connect<DistributedHerder> connect;

  private EmbeddedConnect(Connect<DistributedHerder> connect) {
    this.connect = connect;
  }

  /**
   * Starts a worker without connectors.
   *
   * @param admin of the same cluster
   */
  public static EmbeddedConnect start(Admin admin, String bootstrapServers) {
    forgetConnectors(admin);
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("group.id", "twinstream-connect");
    settings.put("config.storage.topic", CONFIGS);
    settings.put("config.storage.replication.factor", "1");
    settings.put("status.storage.topic", STATUS);
    settings.put("status.storage.replication.factor", "1");
    settings.put("status.storage.partitions", "1");
    settings.put("offset.storage.topic", OFFSETS);
    settings.put("offset.storage.replication.factor", "1");
    settings.put("offset.storage.partitions", "1");
    settings.put("key.converter", ByteArrayConverter.class.getName());
    settings.put("value.converter", ByteArrayConverter.class.getName());
    settings.put("exactly.once.source.support", "enabled");
    // What a killed process left open hides what comes behind it from readers for so long at most.
    settings.put("producer.transaction.timeout.ms", "15000");
    settings.put("plugin.discovery", "service_load");
    settings.put("listeners", "http://127.0.0.1:0");
    settings.put("scheduled.rebalance.max.delay.ms", "0");
    settings.put("session.timeout.ms", "5000");
    settings.put("heartbeat.interval.ms", "1000");
    return new EmbeddedConnect(new ConnectDistributed().startConnect(settings));
  }

  /** A run reads the sources that it was given, not those of the run before. */
  private static void forgetConnectors(Admin admin) {
    for (String topic : new String[] {CONFIGS, STATUS}) {
      try {
        admin.deleteTopics(List.of(topic)).all().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new IllegalStateException("can't prepare the Connect worker", e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while starting the Connect worker", e);
      }
    }
  }

  /**
   * Starts a connector with one task.
   *
   * @return completes when its configuration is taken, or with the reason why it is refused
   */
  public CompletableFuture<Void> run(String name, Map<String, String> config) {
    Map<String, String> whole = new HashMap<>(config);
    whole.put("name", name);
    whole.put("tasks.max", "1");
    CompletableFuture<Void> taken = new CompletableFuture<>();
    connect
        .herder()
        .putConnectorConfig(
            name,
            whole,
            true,
            (error, created) -> {
              if (error == null) {
                taken.complete(null);
              } else {
                taken.completeExceptionally(error);
              }
            });
    return taken;
  }

  /** Where its REST interface listens, on the loopback address. */
  public URI address() {
    return connect.rest().advertisedUrl();
  }

  /** Why a connector or its task has failed; empty as long as it has not. */
  public String failureOf(String name) {
    try {
      ConnectorStateInfo status = connect.herder().connectorStatus(name);
      return Stream.concat(Stream.of(status.connector()), status.tasks().stream())
          .filter(part -> part.state().equals(AbstractStatus.State.FAILED.name()))
          .map(ConnectorStateInfo.AbstractState::trace)
          .findFirst()
          .orElse("");
    } catch (NotFoundException e) {
      // It has no status as long as it is being started.
      return "";
    }
  }

  /** Stops it; what a task has in hand is published or will be read again. */
  @Override
  public void close() {
    connect.stop();
    connect.awaitStop();
  }
}
