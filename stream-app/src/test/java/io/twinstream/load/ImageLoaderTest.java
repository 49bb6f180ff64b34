package io.twinstream.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.fetch.Fetcher;
import io.twinstream.fetch.FileFetcher;
import io.twinstream.fetch.MemoryBudget;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Thumbnail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ImageLoaderTest {
  private static final Fingerprint FINGERPRINT =
      new Fingerprint("0".repeat(64), 1, "png", 1, 1, 50, List.of());
  private static final Fingerprinter DONE = file -> new FingerprintOutcome.Done(FINGERPRINT);

  private final BlockingQueue<LoadResult> results = new LinkedBlockingQueue<>();
  private final MemoryBudget memory = new MemoryBudget(1 << 20);
  private final List<ImageLoader> open = new ArrayList<>();
  @TempDir private Path folder;
  private String source;

  @BeforeEach
  void thereIsAFile() throws IOException {
    source = Files.write(folder.resolve("a"), new byte[] {1}).toUri().toString();
  }

  @AfterEach
  void closeAll() {
    open.forEach(ImageLoader::close);
  }

  @Test
  void aPictureThatIsFetchedAndFingerprintedIsLoaded() throws InterruptedException {
    ImageLoader loader = loader(files(), DONE);

    loader.start(source, 0, left -> {}, results::add);

    assertThat(result()).isEqualTo(new LoadResult.Loaded(FINGERPRINT, Thumbnail.NONE));
  }

  @Test
  void whatCannotBeFetchedFailsWithTheFetchersWords() throws InterruptedException {
    FetchOutcome.Failed failed = new FetchOutcome.Failed(FailureReason.TIMEOUT, "slow");
    ImageLoader loader = loader(anything -> failed, DONE);

    loader.start(source, 0, left -> {}, results::add);

    assertThat(result()).isEqualTo(new LoadResult.Failed(failed));
  }

  @Test
  void whatIsRefusedFailsForGood() throws InterruptedException {
    ImageLoader loader =
        loader(files(), file -> new FingerprintOutcome.Refused(FailureReason.CORRUPT, "bent"));

    loader.start(source, 0, left -> {}, results::add);

    assertThat(result())
        .isEqualTo(new LoadResult.Failed(new FetchOutcome.Failed(FailureReason.CORRUPT, "bent")));
  }

  static Stream<Throwable> mistakes() {
    return Stream.of(
        new IllegalStateException("oops"),
        new StackOverflowError("oops"),
        new OutOfMemoryError("oops"),
        new NoClassDefFoundError("oops"),
        new AssertionError("oops"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeOfTheFingerprinterIsAnInternalError(Throwable mistake) throws InterruptedException {
    ImageLoader loader =
        loader(
            files(),
            file -> {
              throw unchecked(mistake);
            });

    loader.start(source, 0, left -> {}, results::add);

    assertThat(failure(result()).reason()).isEqualTo(FailureReason.INTERNAL_ERROR);
  }

  @Test
  void aFingerprinterThatSaysNothingIsAnInternalError() throws InterruptedException {
    ImageLoader loader = loader(files(), file -> null);

    loader.start(source, 0, left -> {}, results::add);

    assertThat(failure(result()).reason()).isEqualTo(FailureReason.INTERNAL_ERROR);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeOfTheFetcherIsAnInternalErrorAndTheNextPictureIsLoaded(Throwable mistake)
      throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    Fetcher files = files();
    ImageLoader loader =
        loader(
            anything -> {
              if (calls.getAndIncrement() < 5) {
                throw unchecked(mistake);
              }
              return files.fetch(anything);
            },
            DONE);

    for (int i = 0; i < 5; i++) {
      loader.start(source, 0, left -> {}, results::add);
      FetchOutcome.Failed failed = failure(result());
      assertThat(failed.reason()).isEqualTo(FailureReason.INTERNAL_ERROR);
      assertThat(failed.detail()).contains("oops");
    }
    loader.start(source, 0, left -> {}, results::add);

    assertThat(result()).isInstanceOf(LoadResult.Loaded.class);
  }

  @Test
  void aNullFromTheFetcherIsAnInternalError() throws InterruptedException {
    ImageLoader loader = loader(anything -> null, DONE);

    loader.start(source, 0, left -> {}, results::add);

    assertThat(failure(result()).reason()).isEqualTo(FailureReason.INTERNAL_ERROR);
  }

  @Test
  void aCancelledLoadIsInterruptedAndNobodyIsToldOfIt() throws InterruptedException {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Fetcher files = files();
    AtomicInteger calls = new AtomicInteger();
    ImageLoader loader =
        loader(
            anything -> {
              if (calls.getAndIncrement() > 0) {
                return files.fetch(anything);
              }
              fetching.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              throw new AssertionError("nobody opens it");
            },
            DONE);
    ImageLoader.Load load =
        loader.start(source, 0, left -> {}, result -> results.add(told("cancelled")));
    fetching.await();

    load.cancel();
    interrupted.await();
    loader.start(source, 0, left -> {}, results::add);

    assertThat(result()).isInstanceOf(LoadResult.Loaded.class);
    assertThat(results).isEmpty();
  }

  @Test
  void everyLoadIsToldOnceHoweverManyThereAre() {
    ImageLoader loader = loader(files(), DONE);

    for (int i = 0; i < 500; i++) {
      loader.start(source, 0, left -> {}, results::add);
    }

    await().until(() -> results.size() == 500);
    assertThat(results).containsOnly(new LoadResult.Loaded(FINGERPRINT, Thumbnail.NONE));
  }

  @Test
  void aClosedLoaderTellsNobodyAnything() throws InterruptedException {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ImageLoader loader =
        loader(
            anything -> {
              fetching.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              throw new AssertionError("nobody opens it");
            },
            DONE);
    loader.start(source, 0, left -> {}, results::add);
    fetching.await();

    loader.close();

    interrupted.await();
    assertThat(results).isEmpty();
  }

  private ImageLoader loader(Fetcher fetcher, Fingerprinter fingerprinter) {
    ImageLoader loader = new ImageLoader(fetcher, memory, fingerprinter);
    open.add(loader);
    return loader;
  }

  private Fetcher files() {
    return new FileFetcher(List.of(folder), 100);
  }

  private LoadResult result() throws InterruptedException {
    LoadResult result = results.poll(20, TimeUnit.SECONDS);
    assertThat(result).as("a result").isNotNull();
    return result;
  }

  private static FetchOutcome.Failed failure(LoadResult result) {
    return ((LoadResult.Failed) result).failure();
  }

  private static LoadResult told(String what) {
    return new LoadResult.Failed(new FetchOutcome.Failed(FailureReason.INTERNAL_ERROR, what));
  }

  /** Throws an error, returns an exception to throw. */
  private static RuntimeException unchecked(Throwable mistake) {
    if (mistake instanceof Error error) {
      throw error;
    }
    return (RuntimeException) mistake;
  }
}
