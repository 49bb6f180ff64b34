package io.twinstream.topology;

import io.twinstream.match.MatchSettings;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** The topology, as its diagram: events are parsed, fetched, matched and answered. */
public final class ImageTopology {
  private static final Serde<ImageKey> KEY = ImageKeySerde.serde();
  private static final Serde<FetchResult> RESULT = EventCodec.smile(FetchResult.class).serde();
  private static final Serializer<FingerprintRecord> LOG_RECORD =
      EventCodec.json(FingerprintRecord.class).serde().serializer();
  private static final Serializer<ThresholdChange> CHANGE =
      EventCodec.json(ThresholdChange.class).serde().serializer();
  private static final Serializer<Verdict> VERDICT =
      EventCodec.json(Verdict.class).serde().serializer();

  private ImageTopology() {}

  /**
   * The topology.
   *
   * @param parts stay the caller's, who closes them after the topology has stopped
   * @param indexes belongs to this topology alone, and is to listen to its restoring
   */
  public static Topology build(
      Topics topics,
      FetchSettings fetch,
      MatchSettings match,
      FetchParts parts,
      IndexBuilder indexes,
      InstantSource clock) {
    String events = topics.imageMetadata();
    Topology topology = new Topology();
    topology
        .addSource(
            AutoOffsetReset.earliest(),
            NodeNames.IMAGE_METADATA,
            // A timestamp that a client left out must not stop the app.
            (record, partitionTime) -> Math.max(0, record.timestamp()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            events)
        .addProcessor(
            NodeNames.PARSE,
            () -> new ParseProcessor(NodeNames.FETCH, NodeNames.DEAD_LETTERS),
            NodeNames.IMAGE_METADATA)
        .addSink(
            NodeNames.DEAD_LETTERS,
            topics.deadLetters(),
            new ByteArraySerializer(),
            new ByteArraySerializer(),
            NodeNames.PARSE)
        .addProcessor(
            NodeNames.FETCH,
            () -> new FetchProcessor(fetch, parts, new SplittableRandom(), events),
            NodeNames.PARSE)
        .addStateStore(PendingStore.builder(), NodeNames.FETCH)
        .addSink(
            NodeNames.TO_FETCHED_IMAGES,
            topics.fetchedImages(),
            KEY.serializer(),
            RESULT.serializer(),
            ImageTopology.<FetchResult>byCollection(),
            NodeNames.FETCH)
        .addSink(
            NodeNames.IMAGE_THUMBNAILS,
            topics.imageThumbnails(),
            KEY.serializer(),
            new ByteArraySerializer(),
            NodeNames.FETCH)
        .addSource(
            NodeNames.FETCHED_IMAGES,
            // What is of no image has none.
            (_, key) -> key == null ? null : ImageKeySerde.read(key),
            RESULT.deserializer(),
            topics.fetchedImages())
        .addProcessor(
            NodeNames.MATCH, () -> new MatchProcessor(match, clock), NodeNames.FETCHED_IMAGES)
        .addStateStore(indexes.stores(), NodeNames.MATCH)
        .addStateStore(
            RocksDbFingerprintStore.builder(RocksDbFingerprintStore.IMAGES), NodeNames.MATCH)
        .addSink(
            NodeNames.IMAGE_FINGERPRINTS,
            topics.imageFingerprints(),
            KEY.serializer(),
            LOG_RECORD,
            ImageTopology.<FingerprintRecord>byCollection(),
            NodeNames.MATCH)
        .addSink(
            NodeNames.THRESHOLD_CHANGES,
            topics.imageFingerprints(),
            ImageTopology::changeKey,
            CHANGE,
            ImageTopology.<ThresholdChange>byPartition(),
            NodeNames.MATCH);
    addVerdicts(topology, NodeNames.DUPLICATE_FOUND, topics.duplicateFound());
    addVerdicts(topology, NodeNames.UNIQUE, topics.unique());
    addVerdicts(topology, NodeNames.DOWNLOAD_FAILED, topics.downloadFailed());
    addVerdicts(topology, NodeNames.IMAGE_STATE, topics.imageState());
    return topology;
  }

  private static void addVerdicts(Topology topology, String name, String topic) {
    topology.addSink(name, topic, KEY.serializer(), VERDICT, NodeNames.MATCH);
  }

  private static byte[] changeKey(String topic, Integer partition) {
    return ThresholdChange.key();
  }

  /** A change is of the partition that it has for a key, which is that of its task. */
  private static <V> StreamPartitioner<Integer, V> byPartition() {
    return (topic, partition, value, partitions) -> Optional.of(Set.of(partition));
  }

  /** All images of a collection pass one matcher task. */
  private static <V> StreamPartitioner<ImageKey, V> byCollection() {
    return (topic, key, value, partitions) ->
        Optional.of(
            Set.of(Utils.toPositive(Utils.murmur2(Utils.utf8(key.collection()))) % partitions));
  }
}
