package io.twinstream.standalone.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.standalone.chaos.PictureServer.Manner;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Events of images: new ones, known ones again with equal and with other pictures, removals,
 * pictures that can't be had, and what is no event at all. The same seed gives the same. Confined
 * to one thread.
 */
final class Load {
  /** An image that is sent first, once. */
  static final ImageKey FIRST = new ImageKey("first-and-last", "first");

  /** An image that is like the first, and is sent last, once. */
  static final ImageKey LAST = new ImageKey("first-and-last", "last");

  private static final EventCodec<ImageMetadata> IMAGE = EventCodec.json(ImageMetadata.class);
  private static final int COLLECTIONS = 7;
  private static final int VARIANTS = 8;
  private static final int DELIVERED_WITHIN_MS = 600_000;

  private final String bootstrapServers;
  private final String topic;
  private final PictureServer pictures;
  private final CountDownLatch stop;
  private final SplittableRandom random;
  private final int images;
  private final List<ImageMetadata> known = new ArrayList<>();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int sentImages;
  private int sentRemovals;
  private int sentUnreadable;
  private int sentUnavailable;

  /**
   * @param images how many events of images there will be; removals and what can't be read come on
   *     top
   * @param stop ends it before its time
   */
  Load(
      String bootstrapServers,
      String topic,
      PictureServer pictures,
      int images,
      long seed,
      CountDownLatch stop) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.pictures = pictures;
    this.images = images;
    this.stop = stop;
    this.random = new SplittableRandom(seed);
  }

  /**
   * What was sent.
   *
   * @param images events of images
   * @param removals events that remove an image
   * @param unreadable what is no event
   * @param unavailable of the events of images, those of pictures that are not there or broken
   */
  record Sent(int images, int removals, int unreadable, int unavailable) {}

  /**
   * Sends them, spread evenly over so much time, and waits until all have arrived.
   *
   * @throws BrokenException if one could not be sent
   * @throws StoppedException if it was stopped
   */
  Sent run(Duration length) {
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            // Brokers come and go meanwhile.
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            DELIVERED_WITHIN_MS,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            DELIVERED_WITHIN_MS,
            ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
            false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = System.nanoTime();
      send(producer, image(FIRST, Manner.WELL, 0, 0));
      while (sentImages < images - 1) {
        awaitTurn(start, length);
        sendAny(producer);
      }
      send(producer, image(LAST, Manner.WELL, 0, 1));
      producer.flush();
    }
    if (failure.get() != null) {
      throw new BrokenException("an event could not be sent: " + failure.get(), failure.get());
    }
    return new Sent(sentImages, sentRemovals, sentUnreadable, sentUnavailable);
  }

  private void awaitTurn(long start, Duration length) {
    long due = start + (long) ((double) length.toNanos() * sentImages / images);
    long wait = Math.max(0, due - System.nanoTime());
    try {
      if (stop.await(wait, TimeUnit.NANOSECONDS)) {
        throw new StoppedException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private void sendAny(KafkaProducer<byte[], byte[]> producer) {
    int dice = random.nextInt(100);
    if (dice < 2) {
      sentUnreadable++;
      send(producer, key().bytes(), "{\"id\": ".getBytes(UTF_8));
    } else if (dice < 7 && !known.isEmpty()) {
      sentRemovals++;
      send(producer, ImageKeySerde.write(any().key()), null);
    } else if (dice < 15 && !known.isEmpty()) {
      send(producer, any());
    } else if (dice < 22 && !known.isEmpty()) {
      send(producer, image(any().key(), Manner.WELL, family(), random.nextInt(VARIANTS)));
    } else {
      ImageMetadata image = image(key().key(), manner(), family(), random.nextInt(VARIANTS));
      known.add(image);
      send(producer, image);
    }
  }

  private record Key(ImageKey key) {
    byte[] bytes() {
      return ImageKeySerde.write(key);
    }
  }

  /** Equal ids in several collections, some of which no file system would take. */
  private Key key() {
    String collection = "collection/" + random.nextInt(COLLECTIONS);
    return new Key(new ImageKey(collection, "ümlaut %d.jpg".formatted(random.nextInt(images))));
  }

  /** Mostly of late: the events of an image overtake each other then. */
  private ImageMetadata any() {
    int back = random.nextInt(random.nextBoolean() ? Math.min(known.size(), 20) : known.size());
    return known.get(known.size() - 1 - back);
  }

  private Manner manner() {
    int dice = random.nextInt(100);
    if (dice < 90) {
      return Manner.WELL;
    }
    return switch (dice) {
      case 90, 91 -> Manner.SLOW;
      case 92, 93 -> Manner.FLAKY;
      case 94, 95 -> Manner.MISSING;
      case 96, 97 -> Manner.BROKEN;
      default -> Manner.BLANK;
    };
  }

  private int family() {
    return 1 + random.nextInt(Math.max(1, images / 4));
  }

  private ImageMetadata image(ImageKey key, Manner manner, int family, int variant) {
    return new ImageMetadata(
        key.collection(), key.id(), pictures.url(manner, family, variant), Attributes.NONE);
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ImageMetadata image) {
    sentImages++;
    sentUnavailable += PictureServer.isUnavailable(image.source()) ? 1 : 0;
    send(producer, ImageKeySerde.write(image.key()), IMAGE.write(image));
  }

  private void send(KafkaProducer<byte[], byte[]> producer, byte[] key, byte[] value) {
    var _ =
        producer.send(
            new ProducerRecord<>(topic, key, value),
            (_, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }
}
