package io.twinstream.examples;

import io.twinstream.app.Decoding;
import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamSettings;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.UserAgent;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.politeness.HostLimits;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.topology.FetchSettings;
import io.twinstream.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** A broker with all topics, several partitions each, and the real app on it. */
public final class RunningTwinstream implements AutoCloseable {
  private static final Topics TOPICS = new Topics("");

  private final EmbeddedBroker broker;
  private final StreamApp app;

  private RunningTwinstream(EmbeddedBroker broker, StreamApp app) {
    this.broker = broker;
    this.app = app;
  }

  /**
   * Starts both.
   *
   * @param folder for their state
   * @param pictures the folder that files are read from
   */
  public static RunningTwinstream start(Path folder, Path pictures) {
    EmbeddedBroker broker = startBroker(folder);
    StreamApp app =
        new StreamApp(
            new StreamSettings(
                broker.bootstrapServers(),
                TOPICS,
                "example",
                folder.resolve("state"),
                1,
                0,
                Duration.ofMillis(100),
                new Threshold(FingerprintSettings.DEFAULT_HASH, 64),
                FetchSettings.DEFAULT,
                FetchLimits.DEFAULT,
                new AddressPolicy(false, AddressPolicy.WEB_PORTS),
                HostLimits.DEFAULT,
                StreamSettings.DEFAULT_IN_FLIGHT,
                true,
                List.of(pictures),
                FingerprintSettings.DEFAULT,
                new Decoding.InWorkers(WorkerSettings.DEFAULT),
                new UserAgent("examples", Optional.empty()),
                Map.of()));
    app.start();
    return new RunningTwinstream(broker, app);
  }

  /** A broker with the topics and nothing that works on them. */
  public static EmbeddedBroker startBroker(Path folder) {
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(3, 2, Topics.FOR_EVER));
    }
    return broker;
  }

  /** Where clients find the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  @Override
  public void close() {
    app.close();
    broker.close();
  }
}
