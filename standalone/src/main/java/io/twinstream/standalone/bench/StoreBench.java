package io.twinstream.standalone.bench;

import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.bench.StoreReport.Restart;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.operate.RunningIndexes;
import io.twinstream.standalone.service.IndexPages.InstanceLookup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Measures matching as it is in use: fingerprints go through the topology, exactly once, into a
 * store of many, on a real broker. Then the instance is killed and started again, and so after an
 * orderly stop and with its state directory deleted, and must answer as before.
 */
public final class StoreBench {
  private static final String ONE = "one";
  private static final String OTHER = "other";
  private static final int PARTITIONS = 1;
  private static final short REPLICATION = 1;

  /** The width of the codes. */
  public static final int BITS = 256;

  private static final String UPRIGHT_ONLY = "none";

  private final int n;
  private final int more;
  private final int radius;
  private final List<BinaryCode> asked;
  private final TestCodes codes;
  private final String mainClass;
  private final Path folder;
  private final Consumer<String> progress;
  private final Topics topics = new Topics("");

  /**
   * A measurement.
   *
   * @param n fingerprints stored before the rate is measured
   * @param radius in bits
   * @param lookups hashes looked up before and after
   * @param mainClass of the command line, which the instance is started with
   * @param folder that is empty and will be full
   * @param progress is told what is being done
   */
  public StoreBench(
      int n,
      int radius,
      int lookups,
      long seed,
      String mainClass,
      Path folder,
      Consumer<String> progress) {
    this.mainClass = mainClass;
    this.n = n;
    this.more = Math.clamp(n / 10, 1000, 50_000);
    this.radius = radius;
    this.folder = folder;
    this.progress = progress;
    this.codes = TestCodes.random(BITS, n + more, seed);
    this.asked = Stream.generate(() -> codes.sought(radius)).limit(lookups).toList();
  }

  /**
   * Runs for some minutes.
   *
   * @throws BrokenException if the instance does not work
   */
  public StoreReport run() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"))) {
      makeTopics(broker);
      double fill;
      double rate;
      List<InstanceLookup> before;
      StreamProcess first = start(broker, ONE, 0);
      try {
        first.await(0);
        progress.accept("Filing %,d fingerprints".formatted(n));
        fill = feed(broker, first, 0, n);
        progress.accept("Measuring with %,d stored".formatted(n));
        rate = feed(broker, first, n, n + more);
        progress.accept("Looking up %,d hashes".formatted(asked.size()));
        before = lookUp(first.indexes());
      } finally {
        first.kill();
      }
      List<InstanceLookup> after = new ArrayList<>();
      Restart killed = restart("after kill -9", broker, after);
      Restart stopped = restart("after an orderly stop", broker, after);
      delete(state(ONE));
      Restart lost = restart("without its state directory", broker, after);
      int identical = 0;
      for (int i = 0; i < before.size(); i++) {
        InstanceLookup answer = before.get(i);
        identical +=
            answer.equals(after.get(i))
                    && answer.equals(after.get(i + before.size()))
                    && answer.equals(after.get(i + 2 * before.size()))
                ? 1
                : 0;
      }
      TakeOver alone = takeOver("without a standby", broker, 0);
      delete(state(OTHER));
      TakeOver withCopy = takeOver("with a standby", broker, 1);
      return new StoreReport(
          n,
          radius,
          fill,
          rate,
          before.size(),
          identical,
          before.stream().mapToLong(InstanceLookup::count).average().orElse(0),
          killed,
          stopped,
          lost,
          withCopy.rejoined(),
          withCopy.takenOver(),
          alone.takenOver());
    }
  }

  private void makeTopics(EmbeddedBroker broker) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin, REPLICATION)
          .provision(topics.definitions(PARTITIONS, PARTITIONS, Topics.FOR_EVER));
    }
  }

  private Path state(String name) {
    return folder.resolve(name);
  }

  private StreamProcess start(EmbeddedBroker broker, String name, int standbys) {
    return StreamProcess.start(
        mainClass,
        folder.resolve("stream.log"),
        List.of(
            "--bootstrap=" + broker.bootstrapServers(),
            "--state=" + state(name),
            "--standbys=" + standbys,
            "--radius=" + radius,
            "--orientations=" + UPRIGHT_ONLY,
            "--views=" + UPRIGHT_ONLY,
            "--in-process"));
  }

  private Restart restart(String when, EmbeddedBroker broker, List<InstanceLookup> answers) {
    progress.accept("Starting it again " + when);
    long start = System.nanoTime();
    try (StreamProcess again = start(broker, ONE, 0)) {
      double build = again.await(n + more).buildMs() / 1e3;
      double ready = (System.nanoTime() - start) / 1e9;
      answers.addAll(lookUp(again.indexes()));
      return new Restart(ready, build);
    }
  }

  /**
   * How long it takes until all is at work again.
   *
   * @param rejoined seconds from the kill, where the one that was killed is started again at once
   * @param takenOver seconds from the kill, where it isn't
   */
  private record TakeOver(double rejoined, double takenOver) {}

  private TakeOver takeOver(String how, EmbeddedBroker broker, int standbys) {
    progress.accept("Killing one of two instances, " + how);
    Map<String, StreamProcess> both = new LinkedHashMap<>();
    try {
      for (String name : List.of(ONE, OTHER)) {
        both.put(name, start(broker, name, standbys));
        both.get(name).awaitReady();
      }
      String victim = active(both, standbys);
      long start = System.nanoTime();
      both.get(victim).kill();
      both.put(victim, start(broker, victim, standbys));
      active(both, 0);
      final double rejoined = (System.nanoTime() - start) / 1e9;
      victim = active(both, standbys);
      start = System.nanoTime();
      both.remove(victim).kill();
      active(both, 0);
      return new TakeOver(rejoined, (System.nanoTime() - start) / 1e9);
    } finally {
      both.values().forEach(StreamProcess::kill);
    }
  }

  /**
   * Waits until one of them answers, and has its copies.
   *
   * @return its name
   */
  private String active(Map<String, StreamProcess> some, int standbys) {
    while (true) {
      for (Map.Entry<String, StreamProcess> one : some.entrySet()) {
        boolean isActive = one.getValue().has(n + more);
        boolean isCopied =
            standbys == 0
                || some.values().stream().anyMatch(it -> it != one.getValue() && it.hasStandby());
        if (isActive && isCopied) {
          return one.getKey();
        }
      }
      StreamProcess.sleep();
    }
  }

  /** Fingerprints a second, from the first that is sent to the last that is filed. */
  private double feed(EmbeddedBroker broker, StreamProcess process, int from, int to) {
    try (Feed feed = new Feed(broker.bootstrapServers(), topics, codes)) {
      long start = System.nanoTime();
      feed.send(from, to);
      process.await(to);
      return (to - from) / ((System.nanoTime() - start) / 1e9);
    }
  }

  private List<InstanceLookup> lookUp(RunningIndexes indexes) {
    return asked.stream().map(code -> indexes.lookUp(Map.of("hash", code.toHex()))).toList();
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
