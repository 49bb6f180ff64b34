package io.twinstream.standalone.bench;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.MatchSettings;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.ViewedHash;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.standalone.replay.LogRange;
import io.twinstream.standalone.replay.Replay;
import io.twinstream.standalone.replay.ReplayRequest;
import io.twinstream.standalone.replay.Runs;
import io.twinstream.standalone.replay.Sweeping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How fast a log of many fingerprints is replayed: real ones, of which copies with bits flipped at
 * random are made until there are enough, and written to the log of an embedded broker.
 */
public final class ReplayBench {
  private static final EventCodec<FingerprintRecord> LOGGED =
      EventCodec.json(FingerprintRecord.class);
  private static final int LEAST_FLIPPED = 20;
  private static final int MOST_FLIPPED = 100;

  private final List<Fingerprint> real;
  private final int n;
  private final long seed;
  private final Path folder;
  private final Consumer<String> progress;
  private final Topics topics = new Topics("");

  /**
   * Of these fingerprints.
   *
   * @param real of one picture each
   * @param n how many there are to be
   * @param folder an empty one for the broker
   * @param progress is told what is done
   */
  public ReplayBench(
      List<Fingerprint> real, int n, long seed, Path folder, Consumer<String> progress) {
    this.real = List.copyOf(real);
    this.n = n;
    this.seed = seed;
    this.folder = folder;
    this.progress = progress;
  }

  /** Runs it: a replay at each radius, then a sweep if it is asked for. */
  public ReplayReport run(String algorithm, List<Integer> radii, List<Integer> swept) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        new TopicProvisioner(admin, (short) 1).provision(topics.definitions(1, 1, Topics.FOR_EVER));
      }
      progress.accept("Writing %,d fingerprints".formatted(n));
      write(broker.bootstrapServers());
      KnownTopics known = new KnownTopics(broker.bootstrapServers(), () -> false);
      try (Runs runs = new Runs(known, topics)) {
        List<ReplayReport.Run> replayed =
            radii.stream().map(radius -> replay(runs, algorithm, radius)).toList();
        return new ReplayReport(n, replayed, sweep(known, algorithm, swept));
      }
    }
  }

  private ReplayReport.Run replay(Runs runs, String algorithm, int radius) {
    progress.accept("Replaying at radius %d".formatted(radius));
    long start = System.nanoTime();
    ReplayRun run =
        new Replay(
                runs,
                new ReplayRequest(
                    "r" + radius,
                    new MatchSettings(
                        new Threshold(algorithm, radius), Orientations.ALL, Views.ALL),
                    LogRange.ALL,
                    0),
                Progress.NONE)
            .run()
            .run();
    return new ReplayReport.Run(radius, (System.nanoTime() - start) / 1e9, run.duplicates());
  }

  private double sweep(KnownTopics known, String algorithm, List<Integer> radii) {
    if (radii.isEmpty()) {
      return 0;
    }
    progress.accept("Sweeping over %d radii".formatted(radii.size()));
    long start = System.nanoTime();
    var _ =
        new Sweeping(known, topics, Progress.NONE)
            .sweep(
                new MatchSettings(
                    new Threshold(algorithm, radii.getLast()), Orientations.ALL, Views.ALL),
                LogRange.ALL,
                radii);
    return (System.nanoTime() - start) / 1e9;
  }

  private void write(String bootstrapServers) {
    SplittableRandom random = new SplittableRandom(seed);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 18),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int at = 0; at < n; at++) {
        ImageKey key = new ImageKey("default", "image-" + at);
        FingerprintRecord record =
            new FingerprintRecord(
                at,
                new EventId(topics.imageMetadata(), 0, at),
                new ImageMetadata(
                    key.collection(),
                    key.id(),
                    "https://example.org/" + at + ".jpg",
                    Attributes.NONE),
                copy(real.get(at % real.size()), at, random));
        var _ =
            producer.send(
                new ProducerRecord<>(
                    topics.imageFingerprints(), ImageKeySerde.write(key), LOGGED.write(record)));
      }
    }
  }

  /** The first copy of each is the picture itself. */
  private Fingerprint copy(Fingerprint of, int number, SplittableRandom random) {
    if (number < real.size()) {
      return of;
    }
    return new Fingerprint(
        "%064x".formatted(number),
        of.bytes(),
        of.format(),
        of.width(),
        of.height(),
        of.quality(),
        of.hashes().stream()
            .map(hash -> new PerceptualHash(hash.algorithm(), flipped(hash.code(), random)))
            .toList(),
        of.turned().stream()
            .map(hash ->
                new TurnedHash(hash.algorithm(), hash.orientation(), flipped(hash.code(), random)))
            .toList(),
        "",
        of.measures(),
        of.views().stream()
            .map(
                hash -> new ViewedHash(hash.algorithm(), hash.view(), flipped(hash.code(), random)))
            .toList());
  }

  private static BinaryCode flipped(BinaryCode code, SplittableRandom random) {
    byte[] bytes = code.toBytes();
    int flips = random.nextInt(LEAST_FLIPPED, MOST_FLIPPED + 1);
    IntStream.range(0, flips)
        .map(_ -> random.nextInt(code.bits()))
        .forEach(bit -> bytes[bit / 8] ^= (byte) (0x80 >> (bit % 8)));
    return BinaryCode.ofBytes(bytes, code.bits());
  }
}
