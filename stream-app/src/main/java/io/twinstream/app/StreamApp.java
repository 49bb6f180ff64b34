package io.twinstream.app;

import io.twinstream.fetch.MemoryBudget;
import io.twinstream.fetch.SourceFetcher;
import io.twinstream.fetch.SourceSettings;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.index.PackedIndex;
import io.twinstream.load.ImageLoader;
import io.twinstream.match.MatchSettings;
import io.twinstream.politeness.FetchControl;
import io.twinstream.politeness.HostState;
import io.twinstream.politeness.Hosts;
import io.twinstream.topology.FetchParts;
import io.twinstream.topology.ImageTopology;
import io.twinstream.topology.IndexBuilder;
import io.twinstream.topology.IndexQuery;
import io.twinstream.topology.RefusedStoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.query.FailureReason;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running instance of the topology. Thread-safe. */
public final class StreamApp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamApp.class);

  /** Files that are read at a time, for each processor: more of them only seek. */
  private static final int LOCAL_READS = 2;

  /** How long a stop may take. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  /** Short enough for a fast take-over, long enough for a pause of the garbage collector. */
  private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

  /** After so many failed threads something is wrong that a new thread does not mend. */
  private static final int MAX_THREAD_FAILURES = 3;

  /** A failure so long ago has nothing to do with the next one. */
  private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(10);

  private final SourceFetcher sources;
  private final Fingerprinter fingerprinter;
  private final ImageLoader loader;
  private final Optional<ControlFollower> operators;
  private final Hosts hosts;
  private final IndexBuilder indexes;
  private final String matched;
  private final KafkaStreams streams;
  private final AtomicInteger threadFailures = new AtomicInteger();
  private volatile Instant lastFailure = Instant.EPOCH;
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

  /** Built, not started. */
  public StreamApp(StreamSettings settings) {
    InstantSource clock = InstantSource.system();
    FetchControl control = new FetchControl();
    operators =
        settings.controlled()
            ? Optional.of(
                new ControlFollower(
                    settings.bootstrapServers(), settings.topics().fetchControl(), control))
            : Optional.empty();
    hosts =
        new Hosts(
            settings.hosts(),
            LOCAL_READS * Runtime.getRuntime().availableProcessors(),
            settings.inFlight(),
            control,
            clock);
    sources =
        SourceFetcher.open(
            new SourceSettings(
                settings.limits(),
                settings.addresses(),
                settings.fileRoots(),
                settings.userAgent(),
                clock,
                settings.hosts().perSecond() > 0));
    fingerprinter = settings.decoding().open(settings.fingerprints());
    loader =
        new ImageLoader(
            sources,
            new MemoryBudget(Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 4)),
            fingerprinter);
    indexes = new IndexBuilder(settings.threshold(), PackedIndex::new);
    Topology topology =
        ImageTopology.build(
            settings.topics(),
            settings.fetch(),
            new MatchSettings(
                settings.threshold(),
                settings.fingerprints().orientations(),
                settings.fingerprints().views()),
            new FetchParts(loader, sources, hosts, control),
            indexes,
            clock);
    matched = settings.topics().fetchedImages();
    streams = new KafkaStreams(topology, config(settings));
    streams.setGlobalStateRestoreListener(indexes);
    streams.setUncaughtExceptionHandler(this::onFailure);
  }

  private static Properties config(StreamSettings settings) {
    Map<String, Object> config =
        Map.ofEntries(
            Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, settings.topics().applicationId()),
            Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers()),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString()),
            Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads()),
            Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys()),
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
            Map.entry(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis()),
            // Punctuators fire no faster than the poll loop turns.
            Map.entry(StreamsConfig.POLL_MS_CONFIG, settings.fetch().tick().toMillis()),
            Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L),
            Map.entry(
                StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class.getName()),
            Map.entry(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true),
            Map.entry(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false),
            Map.entry(
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest"),
            Map.entry(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                settings.instanceId()),
            Map.entry(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                (int) SESSION_TIMEOUT.toMillis()),
            Map.entry(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                (int) SESSION_TIMEOUT.toMillis() / 5));
    Properties properties = new Properties();
    properties.putAll(config);
    properties.putAll(settings.kafka());
    return properties;
  }

  private StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse onFailure(Throwable e) {
    Optional<Throwable> refused =
        Stream.iterate(e, Objects::nonNull, Throwable::getCause)
            .filter(RefusedStoreException.class::isInstance)
            .findFirst();
    if (refused.isPresent()) {
      failed.complete(refused.get());
      return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    Instant now = Instant.now();
    if (lastFailure.plus(FORGIVEN_AFTER).isBefore(now)) {
      threadFailures.set(0);
    }
    lastFailure = now;
    if (threadFailures.incrementAndGet() < MAX_THREAD_FAILURES) {
      LOG.error("A stream thread failed; another takes its place", e);
      return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("Stream threads keep failing; the app stops", e);
    failed.complete(e);
    return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /**
   * Starts it. If it is {@linkplain StreamSettings#controlled() controlled}, it first reads what
   * operators have said, for at most 80 s.
   *
   * @throws IllegalStateException if that can't be read
   * @throws org.apache.kafka.common.KafkaException if the cluster does not answer
   */
  public void start() {
    operators.ifPresent(ControlFollower::start);
    streams.start();
  }

  /** Whether it has its share of the work and is at it; not while it restores or rebalances. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /**
   * What partitions have answered.
   *
   * @param answers by the number of the partition
   * @param complete whether all have that this instance is responsible for
   */
  public record Answers<R>(SortedMap<Integer, R> answers, boolean complete) {}

  /**
   * Asks the indexes of the partitions that this instance is at work on.
   *
   * @throws org.apache.kafka.streams.errors.InvalidStateStoreException if the app is not running
   * @throws IllegalArgumentException if a hash has another width than those that are stored, or a
   *     radius is wider than what is matched by
   */
  public <R> Answers<R> ask(IndexQuery<R> query) {
    SortedMap<Integer, R> answers = new TreeMap<>();
    Map<Integer, QueryResult<R>> all =
        streams
            .query(StateQueryRequest.inStore(IndexQuery.STORE).withQuery(query).requireActive())
            .getPartitionResults();
    all.forEach((partition, result) -> {
      if (result.isSuccess()) {
        answers.put(partition, result.getResult());
      }
    });
    // Standbys fail, too, by not being active; so do tasks that restore, but then it is not
    // running.
    boolean busy =
        all.values().stream()
            .anyMatch(
                it -> it.isFailure() && it.getFailureReason() == FailureReason.STORE_EXCEPTION);
    return new Answers<>(answers, isRunning() && !busy);
  }

  /**
   * By how many offsets of the changelog each copy lags that this instance keeps of what another
   * one matches with, by the number of the partition. Ends of transactions have offsets, too, so
   * that a copy that has all lags by one.
   *
   * @throws IllegalStateException if the app is not started
   * @throws org.apache.kafka.streams.errors.StreamsException if the cluster does not answer
   */
  public SortedMap<Integer, Long> standbys() {
    Map<Integer, LagInfo> lags =
        streams.allLocalStorePartitionLags().getOrDefault(IndexQuery.STORE, Map.of());
    SortedMap<Integer, Long> standbys = new TreeMap<>();
    streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.standbyTasks().stream())
        .filter(task -> task.topicPartitions().stream().anyMatch(it -> it.topic().equals(matched)))
        .map(task -> task.taskId().partition())
        .filter(lags::containsKey)
        .forEach(partition -> standbys.put(partition, lags.get(partition).offsetLag()));
    return standbys;
  }

  /** How it stands with the hosts that images are fetched from just now. */
  public List<HostState> hosts() {
    return hosts.states();
  }

  /** The host that is asked for what is at an address, as {@link #hosts} names it, if any is. */
  public Optional<String> host(String address) {
    return sources.host(address);
  }

  /**
   * Completes with the reason if the app has stopped by itself because of a failure: with a {@link
   * RefusedStoreException} if it was started in a way that does not fit its stores.
   */
  public CompletableFuture<Throwable> failed() {
    return failed;
  }

  /** Commits what is done and stops; waits at most 20 s. */
  @Override
  public void close() {
    indexes.stop();
    if (!streams.close(CLOSE_TIMEOUT)) {
      LOG.warn("The topology did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
    }
    operators.ifPresent(ControlFollower::close);
    loader.close();
    fingerprinter.close();
    sources.close();
  }
}
