package io.twinstream.app;

import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.UserAgent;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.politeness.HostLimits;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.topic.Topics;
import io.twinstream.topology.FetchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that one instance of the app is told.
 *
 * @param bootstrapServers of the cluster, {@code host:port[,…]}
 * @param topics their names
 * @param instanceId names this instance among the others of its group, and stays the same over
 *     restarts, so that it is known again at once (KIP-345)
 * @param stateDirectory where RocksDB lives; everything in it can be restored from the cluster
 * @param threads stream threads
 * @param standbys how many other instances keep a copy of the stores of each, as far as there are
 *     others
 * @param commitInterval how often transactions are committed
 * @param threshold what counts as alike
 * @param fetch how the queue is worked on
 * @param limits what one fetch may take
 * @param addresses what may be connected to
 * @param hosts what each host is asked for at most
 * @param inFlight downloads at a time, from all hosts together
 * @param controlled whether it does what operators say on {@code image-fetch-control}
 * @param fileRoots folders that {@code file:} sources may lie in; empty forbids the scheme
 * @param fingerprints what they are made with
 * @param decoding where they are made
 * @param userAgent who asks over HTTP
 * @param kafka settings of Kafka Streams and, by prefix, of its clients, in place of the app's own
 */
public record StreamSettings(
    String bootstrapServers,
    Topics topics,
    String instanceId,
    Path stateDirectory,
    int threads,
    int standbys,
    Duration commitInterval,
    Threshold threshold,
    FetchSettings fetch,
    FetchLimits limits,
    AddressPolicy addresses,
    HostLimits hosts,
    int inFlight,
    boolean controlled,
    List<Path> fileRoots,
    FingerprintSettings fingerprints,
    Decoding decoding,
    UserAgent userAgent,
    Map<String, String> kafka) {
  /** Downloads at a time by default. */
  public static final int DEFAULT_IN_FLIGHT = 256;

  public StreamSettings {
    fileRoots = List.copyOf(fileRoots);
    kafka = Map.copyOf(kafka);
  }
}
