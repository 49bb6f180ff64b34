package io.twinstream.standalone.bench;

import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.BrokenException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends fingerprints to the matcher, as if pictures had been fetched. */
final class Feed implements AutoCloseable {
  private final Topics topics;
  private final TestCodes codes;
  private final KafkaProducer<ImageKey, FetchResult> producer;
  // Set by the thread of the producer.
  private final AtomicReference<Exception> refusal = new AtomicReference<>();

  /**
   * To one broker.
   *
   * @param codes of the fingerprints, by their numbers
   */
  Feed(String bootstrapServers, Topics topics, TestCodes codes) {
    this.topics = topics;
    this.codes = codes;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20),
            ImageKeySerde.serde().serializer(),
            EventCodec.smile(FetchResult.class).serde().serializer());
  }

  /**
   * Sends some and waits until the broker has them.
   *
   * @param from the number of the first
   * @param to that of the last, and one more
   * @throws BrokenException if the broker does not take one
   */
  void send(int from, int to) {
    for (int i = from; i < to && refusal.get() == null; i++) {
      var _ = producer.send(record(i), (_, e) -> refusal.compareAndSet(null, e));
    }
    producer.flush();
    if (refusal.get() != null) {
      throw new BrokenException(
          "the broker did not take a fingerprint: " + refusal.get().getMessage(), refusal.get());
    }
  }

  private ProducerRecord<ImageKey, FetchResult> record(int number) {
    ImageMetadata image =
        new ImageMetadata(ImageKey.DEFAULT_COLLECTION, "image-" + number, "", Attributes.NONE);
    return new ProducerRecord<>(
        topics.fetchedImages(),
        image.key(),
        new FetchResult.Fingerprinted(
            new EventId(topics.imageMetadata(), 0, number), image, fingerprint(number)));
  }

  private Fingerprint fingerprint(int number) {
    return new Fingerprint(
        "%064x".formatted(number),
        100_000,
        "jpeg",
        1200,
        800,
        100,
        List.of(new PerceptualHash(FingerprintSettings.DEFAULT_HASH, codes.get(number))));
  }

  @Override
  public void close() {
    producer.close();
  }
}
