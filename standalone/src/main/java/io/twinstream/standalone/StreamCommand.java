package io.twinstream.standalone;

import io.twinstream.app.StreamSettings;
import io.twinstream.hash.HashAlgorithms;
import io.twinstream.hash.PictureHasher;
import io.twinstream.match.Preset;
import io.twinstream.schema.Threshold;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.HealthEndpoint;
import io.twinstream.standalone.service.IndexPages;
import io.twinstream.standalone.service.ServiceLog;
import io.twinstream.standalone.service.StateDirectory;
import io.twinstream.standalone.service.StreamService;
import io.twinstream.topology.FetchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code twinstream stream}. */
@Command(
    name = "stream",
    description = {
      "Runs an instance of the topology against a Kafka cluster: fetches and judges every image"
          + " that is announced on image-metadata, until it is stopped.",
      "Several instances share the work. The topics are made by: twinstream topics"
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:something broke; nothing is lost, an instance that is started again goes on",
      "2:wrong options, or topics or stores that an instance can't work with so",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    })
final class StreamCommand implements Callable<Integer> {
  /** Downloads from one host at a time by default. */
  static final int PER_HOST = 4;

  /** What has an option of its own, so that nobody sets it twice. */
  private static final Map<String, String> OWN =
      Map.of(
          StreamsConfig.APPLICATION_ID_CONFIG,
          "--prefix",
          StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
          "--bootstrap",
          StreamsConfig.STATE_DIR_CONFIG,
          "--state",
          StreamsConfig.NUM_STREAM_THREADS_CONFIG,
          "--threads",
          StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG,
          "--standbys");

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      defaultValue = "${env:TWINSTREAM_STATE:-twinstream-state}",
      description =
          "Where this instance keeps its stores and its identity. With it an instance that comes"
              + " back goes on at once; without it, it restores from the cluster. Default:"
              + " ./twinstream-state, or TWINSTREAM_STATE.")
  private Path state;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Stream threads. Fetching, decoding and hashing have threads of their own. Default:"
              + " ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--standbys",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "How many other instances keep a copy of the stores of each, as far as there are others:"
              + " they take its work over without reading the stores from the cluster first."
              + " Default: ${DEFAULT-VALUE}.")
  private int standbys;

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      defaultValue = "${env:TWINSTREAM_HEALTH_PORT:-8080}",
      description =
          "Answers GET /health/live and /health/ready with 200 or 503, and on this machine what"
              + " twinstream index asks. In a container set"
              + " TWINSTREAM_HEALTH_PORT instead: its health check knows no options. Default: 8080,"
              + " or TWINSTREAM_HEALTH_PORT.")
  private int healthPort;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Kafka Streams or, with a prefix such as producer. or main.consumer., of its"
              + " clients, in place of what this program sets. Can be given several times. With"
              + " processing.guarantee=at_least_once verdicts come sooner, and twice where"
              + " an instance was killed.")
  private Map<String, String> kafka = Map.of();

  @Option(
      names = "--more-hashes",
      paramLabel = "NAME",
      split = ",",
      description =
          "Other perceptual hashes that fingerprints are to have, too, so that they can be matched"
              + " by later (twinstream rebuild).")
  private List<String> moreHashes = new ArrayList<>();

  @Mixin private FetchOptions fetching;
  @Mixin private PolitenessOptions politeness;
  @Mixin private MatchOptions matching;
  @Mixin private FingerprintOptions fingerprints;
  @Mixin private ThumbnailOption thumbnails;
  @Mixin private DecoderOptions decoders;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    // The same for all instances; nobody knows how many images there will be.
    Threshold threshold = matching.threshold(Preset.BALANCED.largest());
    if (threads < 1) {
      throw new RefusedException("--threads is 1 or more, not " + threads);
    }
    if (standbys < 0) {
      throw new RefusedException("--standbys is 0 or more, not " + standbys);
    }
    try (StateDirectory directory = StateDirectory.open(state.toAbsolutePath().normalize())) {
      StreamService service = new StreamService(cluster.cluster(), settings(directory, threshold));
      try (HealthEndpoint health =
          HealthEndpoint.start(
              healthPort,
              service::isAlive,
              service::isReady,
              new IndexPages(threshold, service::app).all())) {
        LoggerFactory.getLogger(StreamCommand.class)
            .info("Health is told at port {}", health.port());
        return Interruption.stopping(
            service::stop,
            () -> {
              service.run();
              return ExitCode.INTERRUPTED;
            });
      }
    }
  }

  private StreamSettings settings(StateDirectory directory, Threshold threshold) {
    return new StreamSettings(
        cluster.cluster().bootstrapServers(),
        cluster.topics(),
        directory.instanceId(),
        directory.path().resolve("stores"),
        threads,
        standbys,
        Duration.ofMillis(100),
        threshold,
        FetchSettings.DEFAULT.withRetry(politeness.retry()),
        fetching.limits(),
        fetching.addresses(),
        politeness.hosts(fetching.perHost(PER_HOST)),
        politeness.inFlight(),
        true,
        fetching.roots(),
        thumbnails.within(fingerprints.settings(hashes(threshold.algorithm()))),
        decoders.decoding(),
        fetching.userAgent(),
        kafka());
  }

  private Map<String, String> kafka() {
    OWN.keySet().stream()
        .filter(kafka::containsKey)
        .findFirst()
        .ifPresent(key -> {
          throw new RefusedException("--kafka %s: use %s".formatted(key, OWN.get(key)));
        });
    return kafka;
  }

  private List<String> hashes(String matchedBy) {
    try {
      return HashAlgorithms.named(
              Stream.concat(Stream.of(matchedBy), moreHashes.stream().map(String::strip)).toList())
          .stream()
          .map(PictureHasher::algorithm)
          .toList();
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--more-hashes: " + e.getMessage());
    }
  }
}
