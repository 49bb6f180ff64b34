package io.twinstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.schema.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool does when its workers crash, hang, eat, lie or can't be started. */
@Timeout(120)
class WorkerDeathTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** And short enough to wait for in vain. */
  private static final Duration ENOUGH_TO_START = Duration.ofSeconds(8);

  private final List<WorkerPool> open = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void closeAll() {
    open.forEach(WorkerPool::close);
  }

  @Test
  void aPictureThatEndsItsDecoderTwiceIsRefusedAndTheNextOneIsNot() {
    WorkerPool pool = rogue(Pools.one(), "polite");
    int process = process(Pools.ask(pool, "one"));

    FingerprintOutcome outcome = Pools.ask(pool, "halt");

    assertRefused(outcome, FailureReason.DECODER_CRASHED, "exit code 42");
    assertThat(process(Pools.ask(pool, "two"))).isNotEqualTo(process);
    assertThat(pool.state()).isEqualTo(new PoolState(1, 1, 0, 0, 2, 2, 2, 0));
  }

  @Test
  void aPictureThatEndsItsDecoderOnceIsTriedOnceMore() {
    WorkerPool pool = rogue(Pools.one(), "polite");

    FingerprintOutcome outcome = Pools.ask(pool, "halt-once " + folder.resolve("mark"));

    assertThat(outcome).isInstanceOf(FingerprintOutcome.Done.class);
    assertThat(pool.state().crashes()).isEqualTo(1);
  }

  @Test
  void aPictureThatTakesTooLongTwiceIsRefusedAndTheNextOneIsNot() {
    WorkerPool pool = rogue(Pools.withTimes(Duration.ofSeconds(2), LONG), "polite");

    FingerprintOutcome outcome = Pools.ask(pool, "hang");

    assertRefused(outcome, FailureReason.DECODER_TIMEOUT, "more than 2000 ms");
    assertThat(pool.state().timeouts()).isEqualTo(2);
    process(Pools.ask(pool, "two"));
  }

  @ParameterizedTest
  @CsvSource({
    "halt,       DECODER_CRASHED, exit code 1",
    "hang,       DECODER_TIMEOUT, more than 2000 ms",
    "eat,        DECODER_CRASHED, more than 64 MB of Java's heap"
  })
  void drillsShowWhatBadPicturesDo(String kind, FailureReason reason, String detail) {
    WorkerPool pool = drilled(kind + ":size=3");

    assertRefused(Pools.ask(pool, "bad"), reason, detail);
    assertRefused(Pools.ask(pool, "good"), FailureReason.NOT_AN_IMAGE, "no known picture format");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nativeMemoryHasABoundToo() {
    String bad = Drill.sha256("bad".getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    WorkerPool pool = drilled("halt:size=1000, eat-native:" + bad);

    assertRefused(
        Pools.ask(pool, "bad"), FailureReason.DECODER_CRASHED, "more than 400 MB of memory");
    assertRefused(Pools.ask(pool, "good"), FailureReason.NOT_AN_IMAGE, "no known picture format");
  }

  @Test
  void aDrillThatCannotBeReadIsToldToWhoeverWaits() {
    WorkerSettings settings = Pools.withTimes(LONG, ENOUGH_TO_START);
    WorkerPool pool = open(settings, Pools.drilled(settings, "jump:0123"));

    assertRefused(
        Pools.ask(pool, "one"), FailureReason.INTERNAL_ERROR, "TWINSTREAM_DECODER_DRILL has");
  }

  @Test
  void whatADecoderPrintsBreaksNothing() {
    WorkerPool pool = rogue(Pools.one(), "polite");

    int process = process(Pools.ask(pool, "print"));

    assertThat(process(Pools.ask(pool, "two"))).isEqualTo(process);
  }

  @Test
  void aMistakeOfTheDecodersProgramIsToldAsSuchAndCostsNoWorker() {
    WorkerPool pool = rogue(Pools.one(), "polite");
    int process = process(Pools.ask(pool, "one"));

    FingerprintOutcome outcome = Pools.ask(pool, "mistake");

    assertRefused(outcome, FailureReason.INTERNAL_ERROR, "IllegalStateException: a mistake");
    assertThat(process(Pools.ask(pool, "two"))).isEqualTo(process);
  }

  @ParameterizedTest
  @CsvSource({"cut, exit code 0", "nonsense, what came is no frame"})
  void anAnswerThatIsNoneCostsTheWorker(String manner, String detail) {
    WorkerPool pool = rogue(Pools.one(), manner);

    assertRefused(Pools.ask(pool, "one"), FailureReason.DECODER_CRASHED, detail);
    assertThat(pool.state().crashes()).isEqualTo(2);
  }

  @Test
  void aBusyWorkerThatIsKilledFromOutsideCostsItsPictureNothing() throws Exception {
    WorkerPool pool = rogue(Pools.one(), "polite");
    int process = process(Pools.ask(pool, "one"));
    Path gate = folder.resolve("gate");
    CompletableFuture<FingerprintOutcome> outcome =
        CompletableFuture.supplyAsync(() -> Pools.ask(pool, "await " + gate));
    await().until(() -> pool.state().busy() == 1);

    kill(process);
    Files.createFile(gate);

    assertThat(process(outcome.get())).isNotEqualTo(process);
    assertThat(pool.state().crashes()).isEqualTo(1);
  }

  @Test
  void anIdleWorkerThatIsKilledFromOutsideIsReplacedAndNoPictureIsBlamed() {
    WorkerPool pool = rogue(Pools.one(), "polite");
    int process = process(Pools.ask(pool, "one"));

    kill(process);

    await().until(() -> pool.state().restarts() == 1 && pool.state().ready() == 1);
    assertThat(process(Pools.ask(pool, "two"))).isNotEqualTo(process);
    assertThat(pool.state().crashes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void signalsThatAreMeantForTheParentAreOutlived(String signal) throws Exception {
    WorkerPool pool = rogue(Pools.one(), "polite");
    int process = process(Pools.ask(pool, "one"));

    new ProcessBuilder("kill", "-" + signal, Integer.toString(process)).start().waitFor();

    // A signal takes its time.
    for (int i = 0; i < 200; i++) {
      assertThat(process(Pools.ask(pool, "two"))).isEqualTo(process);
    }
    assertThat(pool.state().restarts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"killed", "exit"})
  void workersEndWithTheirParent(String how) throws Exception {
    Process parent =
        new ProcessBuilder(
                Pools.JAVA.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PoolParent.class.getName(),
                how)
            .redirectError(folder.resolve("errors").toFile())
            .start();
    List<ProcessHandle> workers;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("at work");
      workers = parent.children().toList();

      if (how.equals("killed")) {
        parent.destroyForcibly();
      }
    }

    parent.waitFor();
    await().untilAsserted(() -> assertThat(workers).noneMatch(ProcessHandle::isAlive));
    if (how.equals("killed")) {
      assertThat(workers).hasSize(2);
    }
  }

  @Test
  void withoutJavaPicturesAreRefusedAndWithItTheyAreNot() throws IOException {
    Path java = folder.resolve("java");
    WorkerSettings settings = Pools.withTimes(LONG, ENOUGH_TO_START);
    WorkerPool pool = open(settings, Pools.rogue(java, settings, "polite"));

    assertRefused(
        Pools.ask(pool, "one"), FailureReason.INTERNAL_ERROR, "no decoder can be started");
    assertRefused(Pools.ask(pool, "two"), FailureReason.INTERNAL_ERROR, java.toString());

    Files.writeString(java, "#!/bin/sh\nexec %s \"$@\"\n".formatted(Pools.JAVA));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    await().atMost(LONG).until(() -> Pools.ask(pool, "three") instanceof FingerprintOutcome.Done);
  }

  @ParameterizedTest
  @CsvSource({"unable, 8000, no such library", "deaf, 1000, not ready after 1000 ms"})
  void aDecoderThatCannotStartToWorkIsToldToWhoeverWaits(String manner, int start, String detail) {
    WorkerSettings settings = Pools.withTimes(LONG, Duration.ofMillis(start));
    WorkerPool pool = open(settings, Pools.rogue(settings, manner));

    FingerprintOutcome outcome = Pools.ask(pool, "one");

    assertRefused(outcome, FailureReason.INTERNAL_ERROR, detail);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void deathsLeaveNothingBehind() throws IOException {
    WorkerPool pool = rogue(Pools.one(), "polite");
    Pools.ask(pool, "halt");
    process(Pools.ask(pool, "one"));
    long files = openFiles();
    long threads = threads();

    for (int i = 0; i < 4; i++) {
      Pools.ask(pool, "halt");
    }
    process(Pools.ask(pool, "two"));

    await()
        .untilAsserted(() -> {
          assertThat(openFiles()).isLessThanOrEqualTo(files);
          assertThat(threads()).isLessThanOrEqualTo(threads);
          assertThat(ProcessHandle.current().children()).hasSize(1);
        });
    pool.close();
    await()
        .untilAsserted(() -> {
          assertThat(threads()).isZero();
          assertThat(ProcessHandle.current().children()).isEmpty();
        });
    try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(temporary.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(WorkerLauncher.FOLDER_PREFIX));
    }
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("decoder-"))
        .count();
  }

  private static void kill(int process) {
    ProcessHandle.of(process).orElseThrow().destroyForcibly();
  }

  private WorkerPool drilled(String drill) {
    WorkerSettings settings = Pools.withTimes(Duration.ofSeconds(2), LONG);
    return open(settings, Pools.drilled(settings, drill));
  }

  private WorkerPool rogue(WorkerSettings settings, String manner) {
    return open(settings, Pools.rogue(settings, manner));
  }

  private WorkerPool open(WorkerSettings settings, WorkerCommand command) {
    WorkerPool pool = new WorkerPool(settings, FingerprintSettings.DEFAULT, command);
    open.add(pool);
    return pool;
  }

  private static void assertRefused(
      FingerprintOutcome outcome, FailureReason reason, String detail) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            FingerprintOutcome.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.detail()).contains(detail);
            });
  }

  private static int process(FingerprintOutcome outcome) {
    assertThat(outcome).isInstanceOf(FingerprintOutcome.Done.class);
    return ((FingerprintOutcome.Done) outcome).fingerprint().width();
  }
}
