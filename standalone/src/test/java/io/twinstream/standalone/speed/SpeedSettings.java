package io.twinstream.standalone.speed;

import io.twinstream.app.Decoding;
import io.twinstream.app.StreamSettings;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.UserAgent;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.politeness.HostLimits;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.topic.Topics;
import io.twinstream.topology.FetchSettings;
import io.twinstream.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An app as {@code twinstream stream} runs it, but one that may ask hosts on loopback. */
final class SpeedSettings {
  private SpeedSettings() {}

  static StreamSettings of(String bootstrapServers, Path directory) {
    return new StreamSettings(
        bootstrapServers,
        new Topics(""),
        "speed",
        directory.resolve("stores"),
        1,
        0,
        Duration.ofMillis(100),
        new Threshold(FingerprintSettings.DEFAULT_HASH, 0),
        FetchSettings.DEFAULT,
        FetchLimits.DEFAULT,
        new AddressPolicy(true, AddressPolicy.WEB_PORTS),
        HostLimits.DEFAULT,
        StreamSettings.DEFAULT_IN_FLIGHT,
        false,
        List.of(),
        FingerprintSettings.DEFAULT,
        new Decoding.InWorkers(WorkerSettings.DEFAULT),
        new UserAgent("speed", Optional.empty()),
        Map.of());
  }
}
