package io.twinstream.standalone.chaos;

import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.chaos.Load.Sent;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.ChildProcess.Launcher;
import io.twinstream.standalone.engine.StoppedException;
import io.twinstream.standalone.operate.Progress;
import io.twinstream.standalone.verify.Verification;
import io.twinstream.standalone.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** A run of real processes to which everything happens that may, and the proof after it. */
public final class Chaos {
  static final Topics TOPICS = new Topics("");

  private static final Set<String> KILLS =
      Arrays.stream(Fault.values())
          .filter(Fault::isKill)
          .map(Fault::toString)
          .collect(Collectors.toSet());
  private static final int PARTITIONS = 3;
  private static final Duration UP_WITHIN = Duration.ofMinutes(2);
  private static final Duration JUDGED_WITHIN = Duration.ofMinutes(10);
  private static final Duration AT_REST_WITHIN = Duration.ofSeconds(30);

  private final ChaosSettings settings;
  private final Path folder;
  private final Journal journal;
  private final Progress progress;
  private final CountDownLatch stop = new CountDownLatch(1);

  /**
   * Not begun yet.
   *
   * @param folder takes all state and logs
   * @param listener is told what happens, line by line
   */
  public Chaos(ChaosSettings settings, Path folder, Consumer<String> listener, Progress progress) {
    this.settings = settings;
    this.folder = folder;
    this.journal = new Journal(listener);
    this.progress = progress;
  }

  /** Ends it before its time; safe from any thread. */
  public void stop() {
    stop.countDown();
  }

  /**
   * Starts brokers and instances, lets it happen, proves, and stops all of them.
   *
   * @throws BrokenException if it could not be done
   * @throws StoppedException if it was stopped
   */
  public ChaosReport run() {
    Brokers brokers =
        new Brokers(
            Launcher.same(settings.mainClass(), "-Xmx320m", "-XX:TieredStopAtLevel=1"),
            folder,
            settings.brokers());
    try {
      brokers.members().forEach(Member::start);
      awaitUp(brokers);
      createTopics(brokers);
      return withInstances(brokers);
    } finally {
      brokers.members().forEach(Member::end);
    }
  }

  private void awaitUp(Brokers brokers) {
    try {
      if (!brokers.awaitSync(UP_WITHIN)) {
        throw new BrokenException(
            "the brokers are not up after %d s; the first one says:\n%s"
                .formatted(
                    UP_WITHIN.toSeconds(), brokers.members().getFirst().process().lastWords()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private void createTopics(Brokers brokers) {
    List<TopicDefinition> topics =
        new ArrayList<>(TOPICS.definitions(PARTITIONS, PARTITIONS, Topics.FOR_EVER));
    topics.add(new TopicDefinition(Saboteur.NOWHERE, 1, Map.of()));
    try (Admin admin = brokers.admin()) {
      new TopicProvisioner(admin, (short) -1).provision(topics);
    }
  }

  private ChaosReport withInstances(Brokers brokers) {
    Schedule schedule =
        settings.sabotage() == Sabotage.NONE
            ? Schedule.of(
                settings.seed(), settings.length(), settings.instances(), settings.brokers())
            : new Schedule(List.of());
    try (Fleet fleet =
            new Fleet(settings.builds(), folder, brokers.bootstrapServers(), settings.sabotage());
        Supervisor supervisor = new Supervisor(journal, stop);
        PictureServer pictures = new PictureServer()) {
      brokers.members().forEach(supervisor::add);
      List<Member> instances = Stream.generate(fleet::add).limit(settings.instances()).toList();
      instances.forEach(Member::start);
      instances.forEach(supervisor::add);
      supervisor.begin();
      supervisor.awaitReady(instances);
      journal.saw(
          "%d brokers and %d instances are at work; %,d images will come, and %d faults"
              .formatted(
                  settings.brokers(),
                  settings.instances(),
                  settings.images(),
                  schedule.steps().size()));
      Sent sent;
      try (Storm storm =
          new Storm(brokers, fleet, instances, supervisor, journal, stop, settings.seed())) {
        sent = during(() -> storm.run(schedule), load(brokers, pictures));
      }
      journal.saw("all events are sent; all faults are over");
      supervisor.awaitReady(instances);
      VerifyReport verified = verify(brokers);
      journal.saw("all is judged, and every verdict judged anew");
      Leftovers leftovers = leftovers(brokers);
      supervisor.rest();
      instances.forEach(this::stop);
      return report(sent, verified, leftovers);
    }
  }

  private Load load(Brokers brokers, PictureServer pictures) {
    return new Load(
        brokers.bootstrapServers(),
        TOPICS.imageMetadata(),
        pictures,
        settings.images(),
        settings.seed(),
        stop);
  }

  /** Sends while something happens; where one fails, the other one ends, too. */
  private Sent during(Runnable storm, Load load) {
    CompletableFuture<Sent> sending =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return load.run(settings.length());
              } catch (RuntimeException e) {
                stop.countDown();
                throw e;
              }
            },
            Thread::startVirtualThread);
    try {
      storm.run();
    } catch (StoppedException e) {
      // It may have been the load that stopped it, for a reason of its own.
      join(sending);
      throw e;
    } catch (RuntimeException e) {
      stop.countDown();
      throw e;
    }
    return join(sending);
  }

  private void stop(Member instance) {
    if (!instance.stop()) {
      journal.saw(instance.name() + " did not stop in order and was killed");
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private VerifyReport verify(Brokers brokers) {
    try (Verification verification =
        new Verification(
            brokers.bootstrapServers(),
            TOPICS,
            JUDGED_WITHIN,
            () -> stop.getCount() == 0,
            progress)) {
      return verification.run();
    }
  }

  /** A transaction ends some moments after what it was for. */
  private Leftovers leftovers(Brokers brokers) {
    long start = System.nanoTime();
    while (true) {
      Leftovers now = Leftovers.of(brokers.bootstrapServers(), TOPICS);
      if (now.areNone() || System.nanoTime() - start > AT_REST_WITHIN.toNanos()) {
        return now;
      }
      try {
        Thread.sleep(500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    }
  }

  private ChaosReport report(Sent sent, VerifyReport verified, Leftovers leftovers) {
    List<JournalEntry> entries = journal.entries();
    Map<String, Long> faults =
        entries.stream()
            .filter(entry -> !entry.fault().isEmpty())
            .collect(Collectors.groupingBy(JournalEntry::fault, Collectors.counting()));
    return new ChaosReport(
        settings.seed(),
        settings.brokers(),
        settings.instances(),
        settings.sabotage().toString(),
        sent.images(),
        sent.removals(),
        sent.unreadable(),
        sent.unavailable(),
        faults.entrySet().stream()
            .filter(one -> KILLS.contains(one.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum(),
        faults,
        journal.elapsed().toSeconds(),
        verified,
        leftovers,
        entries);
  }
}
