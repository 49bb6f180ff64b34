package io.twinstream.standalone.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * Kafka's own server in this process: a node that is broker and controller, on the loopback
 * address, with its log in a folder.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final String bootstrapServers;
  private final CompletableFuture<String> failed = new CompletableFuture<>();

  private EmbeddedBroker(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker that is alone, on free ports. */
  public static EmbeddedBroker start(Path directory) {
    return start(directory, BrokerNode.alone());
  }

  /**
   * Starts a broker and returns when it serves. At most one at a time in a process, since Kafka
   * ends the process when it can't go on, which is turned into {@link #failed()} here.
   *
   * @param directory for its log; created and formatted if it is new
   */
  public static EmbeddedBroker start(Path directory, BrokerNode node) {
    Map<String, String> settings = settings(directory, node);
    format(directory, node);
    // Whoever starts it also stops it: Kafka's own hooks, a Connect worker's among them, would do
    // so at the same time, and can't be added any more while the process is told to end.
    Exit.setShutdownHookAdder((name, hook) -> {});
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    EmbeddedBroker broker = new EmbeddedBroker(server, node.address());
    Exit.setExitProcedure(broker::onExit);
    Exit.setHaltProcedure(broker::onExit);
    server.startup();
    return broker;
  }

  private void onExit(int status, String message) {
    failed.complete(message == null ? "the broker ended with status " + status : message);
    // Kafka counts on not returning from here.
    throw new IllegalStateException("the broker can't go on: " + message);
  }

  private static Map<String, String> settings(Path directory, BrokerNode node) {
    String copies = Integer.toString(node.copies());
    String inSync = Integer.toString(node.copiesInSync());
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(node.id()));
    settings.put("controller.quorum.voters", node.voters());
    settings.put(
        "listeners",
        "PLAINTEXT://%s,CONTROLLER://%s".formatted(node.address(), node.controllerAddress()));
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", copies);
    settings.put("min.insync.replicas", inSync);
    settings.put("offsets.topic.replication.factor", copies);
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", copies);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // Members and transactions of a process that was killed make way soon.
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    // Small: a laptop's disk and memory, not a data centre's.
    settings.put("log.segment.bytes", Integer.toString(128 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("message.max.bytes", Integer.toString(2 << 20));
    return settings;
  }

  private static void format(Path directory, BrokerNode node) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      new Formatter()
          .setNodeId(node.id())
          .setClusterId(node.clusterId())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setIgnoreFormatted(true)
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to " + directory, e);
    } catch (Exception e) {
      throw new IllegalStateException("can't prepare " + directory + " for the broker", e);
    }
  }

  /** Where clients find it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /**
   * Completes with the reason when Kafka would end the process: because the broker can't go on, for
   * example on a full disk, or a Connect worker beside it.
   */
  public CompletableFuture<String> failed() {
    return failed;
  }

  /** Stops it cleanly. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    Exit.resetShutdownHookAdder();
    Exit.resetExitProcedure();
    Exit.resetHaltProcedure();
  }
}
