package io.twinstream.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a pool does as long as nothing bad happens. */
@Timeout(120)
class WorkerPoolTest {
  private final List<WorkerPool> open = new ArrayList<>();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  @TempDir private Path folder;

  @AfterEach
  void closeAll() {
    open.forEach(WorkerPool::close);
    callers.shutdownNow();
  }

  @Test
  void aWorkerMakesTheFingerprintThatThisProcessMakes() throws Exception {
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 300 * 200)
        .forEach(at -> image.setRGB(at % 300, at / 300, at * 31 ^ at >> 3));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    byte[] cut = Arrays.copyOf(jpeg.toByteArray(), 150);
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
    WorkerPool pool =
        open(new WorkerPool(Pools.one(), FingerprintSettings.DEFAULT.withMaxPixels(60_000)));
    LocalFingerprinter here =
        new LocalFingerprinter(FingerprintSettings.DEFAULT.withMaxPixels(60_000));

    for (byte[] file : List.of(jpeg.toByteArray(), cut, text, new byte[0])) {
      assertThat(pool.fingerprint(file)).isEqualTo(here.fingerprint(file));
    }
  }

  @Test
  void workersAreToldTheSettings() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY), "png", png);
    WorkerPool pool =
        open(new WorkerPool(Pools.one(), FingerprintSettings.DEFAULT.withMaxPixels(99)));

    FingerprintOutcome outcome = pool.fingerprint(png.toByteArray());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            FingerprintOutcome.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(FailureReason.TOO_MANY_PIXELS));
  }

  @Test
  void oneProcessMakesManyFingerprints() {
    WorkerPool pool = rogue(Pools.one());

    Fingerprint first = done(Pools.ask(pool, "one"));
    Fingerprint second = done(Pools.ask(pool, "two"));

    assertThat(second.width()).isEqualTo(first.width());
    assertThat(second.height()).isEqualTo(first.height() + 1);
    assertThat(pool.state()).isEqualTo(new PoolState(1, 1, 0, 0, 2, 0, 0, 0));
  }

  @Test
  void twoWorkersDecodeAtOnce() throws Exception {
    WorkerPool pool = rogue(Pools.SETTINGS);

    Future<FingerprintOutcome> one = callers.submit(() -> Pools.ask(pool, "meet " + folder));
    Future<FingerprintOutcome> other = callers.submit(() -> Pools.ask(pool, "meet " + folder));

    assertThat(done(one.get()).width()).isNotEqualTo(done(other.get()).width());
  }

  @Test
  void filesOfAllSizesArrive() throws InterruptedException {
    WorkerPool pool = rogue(Pools.one());

    for (int size : new int[] {0, 1, 262_126, 262_127, 262_128, 524_288, 30_000_000}) {
      assertThat(done(pool.fingerprint(new byte[size])).bytes()).isEqualTo(size);
    }
  }

  @Test
  void whoAsksFirstIsServedFirst() throws Exception {
    WorkerPool pool = rogue(Pools.one());
    Path gate = folder.resolve("gate");
    Future<FingerprintOutcome> first = callers.submit(() -> Pools.ask(pool, "await " + gate));
    await().until(() -> pool.state().busy() == 1);
    List<Future<FingerprintOutcome>> others = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      int asking = i;
      others.add(callers.submit(() -> Pools.ask(pool, "next")));
      await().until(() -> pool.state().waiting() == asking);
    }

    Files.createFile(gate);

    int before = done(first.get()).height();
    for (Future<FingerprintOutcome> other : others) {
      int turn = done(other.get()).height();
      assertThat(turn).isEqualTo(before + 1);
      before = turn;
    }
  }

  @Test
  void manyCallersAllGetTheirOwnOutcome() throws Exception {
    WorkerPool pool = rogue(Pools.SETTINGS);

    List<Future<FingerprintOutcome>> outcomes =
        IntStream.range(0, 500)
            .mapToObj(size -> callers.submit(() -> pool.fingerprint(new byte[size])))
            .toList();

    for (int size = 0; size < 500; size++) {
      assertThat(done(outcomes.get(size).get()).bytes()).isEqualTo(size);
    }
  }

  @Test
  void anInterruptedCallerLeavesAtOnceAndTheWorkerIsUsedAgain() throws Exception {
    WorkerPool pool = rogue(Pools.one());
    int process = done(Pools.ask(pool, "one")).width();
    Path gate = folder.resolve("gate");
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread caller = askUntilInterrupted(pool, "await " + gate, end);
    await().until(() -> pool.state().busy() == 1);

    caller.interrupt();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    Files.createFile(gate);
    assertThat(done(Pools.ask(pool, "two")).width()).isEqualTo(process);
    await().untilAsserted(() -> assertThat(pool.state().busy()).isZero());
  }

  @Test
  void anInterruptedCallerLeavesTheQueue() throws Exception {
    WorkerPool pool = rogue(Pools.one());
    Path gate = folder.resolve("gate");
    Future<FingerprintOutcome> first = callers.submit(() -> Pools.ask(pool, "await " + gate));
    await().until(() -> pool.state().busy() == 1);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread caller = askUntilInterrupted(pool, "never asked", end);
    await().until(() -> pool.state().waiting() == 1);

    caller.interrupt();

    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(pool.state().waiting()).isZero();
    Files.createFile(gate);
    int turn = done(first.get()).height();
    assertThat(done(Pools.ask(pool, "two")).height()).isEqualTo(turn + 1);
  }

  @Test
  void whoeverWaitsWhenThePoolIsClosedIsTold() throws Exception {
    WorkerPool pool = rogue(Pools.one());
    Future<FingerprintOutcome> busy = callers.submit(() -> Pools.ask(pool, "hang"));
    await().until(() -> pool.state().busy() == 1);
    Future<FingerprintOutcome> waiting = callers.submit(() -> Pools.ask(pool, "next"));
    await().until(() -> pool.state().waiting() == 1);

    pool.close();

    for (Future<FingerprintOutcome> caller : List.of(busy, waiting)) {
      assertThat(failure(caller))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the decoders are closed");
    }
    assertThat(failure(callers.submit(() -> Pools.ask(pool, "late"))))
        .hasMessage("the decoders are closed");
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void aPoolThatIsClosedWhileItStartsLeavesNothingBehind() {
    rogue(Pools.SETTINGS).close();

    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  private WorkerPool rogue(WorkerSettings settings) {
    return open(
        new WorkerPool(settings, FingerprintSettings.DEFAULT, Pools.rogue(settings, "polite")));
  }

  private WorkerPool open(WorkerPool pool) {
    open.add(pool);
    return pool;
  }

  private static Thread askUntilInterrupted(
      WorkerPool pool, String what, CompletableFuture<Throwable> end) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            pool.fingerprint(what.getBytes(StandardCharsets.UTF_8));
            end.complete(new AssertionError("there is an outcome"));
          } catch (InterruptedException e) {
            end.complete(e);
          }
        });
  }

  private static Throwable failure(Future<?> caller) throws InterruptedException {
    try {
      throw new AssertionError("there is an outcome: " + caller.get());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static Fingerprint done(FingerprintOutcome outcome) {
    assertThat(outcome).isInstanceOf(FingerprintOutcome.Done.class);
    return ((FingerprintOutcome.Done) outcome).fingerprint();
  }
}
