package io.twinstream.standalone.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.twinstream.app.StreamApp;
import io.twinstream.app.StreamSettings;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.speed.SlowWeb.Manner;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast images come from hosts that take their time, through the whole app and a real broker in
 * the same JVM: with healthy hosts only, and then with some that are dead, slow or flapping. {@code
 * -Dspeed.images}, {@code -Dspeed.hosts}, {@code -Dspeed.latency} (ms), {@code -Dspeed.dead},
 * {@code -Dspeed.slow} and {@code -Dspeed.flapping} (percent of the hosts).
 */
class FetchBenchmark {
  private static final int IMAGES = Integer.getInteger("speed.images", 20_000);
  private static final int HOSTS = Integer.getInteger("speed.hosts", 64);
  private static final int LATENCY = Integer.getInteger("speed.latency", 200);
  private static final int DEAD = Integer.getInteger("speed.dead", 10);
  private static final int SLOW = Integer.getInteger("speed.slow", 0);
  private static final int FLAPPING = Integer.getInteger("speed.flapping", 0);
  private static final Topics TOPICS = new Topics("");
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  @TempDir private static Path temporary;

  /**
   * What a run gave.
   *
   * @param perSecond images of those hosts that are healthy in every run, from the first to the
   *     last of their verdicts
   */
  private record Figures(double perSecond, double seconds, double cpu, long heap, long retained) {}

  @Test
  void healthyHostsAndThenSomeThatAreNot() throws Exception {
    // Warms up; and its heap is what a small backlog needs.
    report("warm-up", run(0, Math.min(IMAGES, 5_000), 0, 0, 0));
    Figures healthy = run(1, IMAGES, 0, 0, 0);
    report("healthy", healthy);
    if (DEAD + SLOW + FLAPPING == 0) {
      return;
    }
    Figures mixed = run(2, IMAGES, DEAD, SLOW, FLAPPING);
    report("mixed", mixed);
    System.out.printf(
        Locale.ROOT,
        "hosts that stay healthy: %.3f of their throughput; whole run: %.2f of the" + " time%n",
        mixed.perSecond / healthy.perSecond,
        mixed.seconds / healthy.seconds);
  }

  private static void report(String name, Figures figures) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %,.0f images/s of hosts that stay healthy, %.1f s in all, %.0f %% of %d cores, heap"
            + " at most %,d MB, after a collection half-way %,d MB%n",
        name,
        figures.perSecond,
        figures.seconds,
        figures.cpu * 100,
        SYSTEM.getAvailableProcessors(),
        figures.heap >> 20,
        figures.retained >> 20);
  }

  private static Figures run(int round, int images, int dead, int slow, int flapping)
      throws Exception {
    Path directory = temporary.resolve("run-" + round);
    try (SlowWeb web = new SlowWeb(Duration.ofMillis(LATENCY));
        EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin, (short) 1).provision(TOPICS.definitions(2, 1, Topics.FOR_EVER));
      List<String> hosts = new ArrayList<>();
      List<Boolean> healthy = new ArrayList<>();
      for (int i = 0; i < HOSTS; i++) {
        hosts.add(web.open(manner(i * 100 / HOSTS, dead, slow, flapping)));
        healthy.add(manner(i * 100 / HOSTS, DEAD, SLOW, FLAPPING) == Manner.HEALTHY);
      }
      publish(broker, hosts, images);
      StreamSettings settings = SpeedSettings.of(broker.bootstrapServers(), directory);
      try (StreamApp app = new StreamApp(settings);
          KafkaConsumer<byte[], byte[]> verdicts = consumer(broker)) {
        return measure(app, verdicts, healthy, images);
      }
    }
  }

  private static Manner manner(int percent, int dead, int slow, int flapping) {
    if (percent < dead) {
      return Manner.DEAD;
    } else if (percent < dead + slow) {
      return Manner.SLOW;
    }
    return percent < dead + slow + flapping ? Manner.FLAPPING : Manner.HEALTHY;
  }

  private static void publish(EmbeddedBroker broker, List<String> hosts, int images) {
    EventCodec<ImageMetadata> codec = EventCodec.json(ImageMetadata.class);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < images; i++) {
        String source = "%s/%s.png".formatted(hosts.get(i % hosts.size()), i);
        ImageMetadata image =
            new ImageMetadata("default", Integer.toString(i), source, Attributes.NONE);
        var _ =
            producer.send(
                new ProducerRecord<>(
                    TOPICS.imageMetadata(), ImageKeySerde.write(image.key()), codec.write(image)));
      }
    }
  }

  private static Figures measure(
      StreamApp app, KafkaConsumer<byte[], byte[]> verdicts, List<Boolean> healthy, int images)
      throws InterruptedException {
    long begin = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    long heap = 0;
    long retained = 0;
    long first = 0;
    long last = 0;
    int judged = 0;
    int ofHealthy = 0;
    app.start();
    while (judged < images) {
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST);
      assertThat(app.failed()).isNotDone();
      for (ConsumerRecord<byte[], byte[]> verdict : verdicts.poll(Duration.ofMillis(100))) {
        judged++;
        int number = Integer.parseInt(ImageKeySerde.read(verdict.key()).id());
        if (healthy.get(number % healthy.size())) {
          last = System.nanoTime();
          first = ofHealthy++ == 0 ? last : first;
        }
      }
      heap = Math.max(heap, used());
      if (retained == 0 && judged > images / 2) {
        System.gc();
        retained = used();
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double busy = (SYSTEM.getProcessCpuTime() - cpu) / 1e9 / seconds;
    return new Figures(
        ofHealthy / ((last - first) / 1e9),
        seconds,
        busy / SYSTEM.getAvailableProcessors(),
        heap,
        retained);
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        List.of(
            new TopicPartition(TOPICS.imageState(), 0),
            new TopicPartition(TOPICS.imageState(), 1)));
    return consumer;
  }
}
