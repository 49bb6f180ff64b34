package io.twinstream.load;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.fetch.SourceFetcher;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.schema.FailureReason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads images: one virtual thread each for waiting on the network, and as many platform threads as
 * there are processors for decoding. Thread-safe.
 */
public final class ImageLoader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageLoader.class);

  private final SourceFetcher fetcher;
  private final Fingerprinter fingerprinter;
  private final Duration decodeTimeout;
  private final ExecutorService waiting =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("load-", 0).factory());
  private final ExecutorService decoding =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("decode-", 0).daemon().factory());
  private final Semaphore decoders;
  // Files come faster than they are decoded; without a bound all of them would be in memory.
  private final Semaphore files;

  /**
   * Ready to use.
   *
   * @param decodeTimeout after which a decoder is given up
   * @param processors how many pictures are decoded at a time
   */
  public ImageLoader(
      SourceFetcher fetcher, Fingerprinter fingerprinter, Duration decodeTimeout, int processors) {
    this.fetcher = fetcher;
    this.fingerprinter = fingerprinter;
    this.decodeTimeout = decodeTimeout;
    this.decoders = new Semaphore(processors);
    this.files = new Semaphore(2 * processors);
  }

  /**
   * Starts to load an image and returns at once.
   *
   * @param source where its bytes are
   * @param done told the result once, on a thread of the loader; not told after {@link Load#cancel}
   */
  public Load start(String source, Consumer<LoadResult> done) {
    return new Load(
        waiting.submit(() -> {
          try {
            done.accept(load(source));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        }));
  }

  private LoadResult load(String source) throws InterruptedException {
    boolean local = source.startsWith("file:");
    if (local) {
      files.acquire();
    }
    try {
      return switch (fetcher.fetch(source)) {
        case FetchOutcome.Failed failed -> new LoadResult.Failed(failed);
        case FetchOutcome.Fetched fetched -> fingerprint(fetched.bytes());
      };
    } catch (RuntimeException | Error e) {
      // Errors too: whoever waits for the result would wait for ever.
      return internalError(source, e);
    } finally {
      if (local) {
        files.release();
      }
    }
  }

  private LoadResult fingerprint(byte[] file) throws InterruptedException {
    decoders.acquire();
    try {
      Future<FingerprintOutcome> outcome = decoding.submit(() -> fingerprinter.fingerprint(file));
      try {
        return switch (outcome.get(decodeTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
          case FingerprintOutcome.Done done -> new LoadResult.Loaded(done.fingerprint());
          case FingerprintOutcome.Refused refused -> failed(refused.reason(), refused.detail());
        };
      } catch (TimeoutException e) {
        outcome.cancel(true);
        return failed(
            FailureReason.DECODER_TIMEOUT,
            "decoding took more than %d s".formatted(decodeTimeout.toSeconds()));
      } catch (ExecutionException e) {
        return internalError("a picture of %d bytes".formatted(file.length), e.getCause());
      }
    } finally {
      decoders.release();
    }
  }

  private static LoadResult internalError(String what, Throwable e) {
    LOG.error("Loading {} failed in an unforeseen way", what, e);
    return failed(FailureReason.INTERNAL_ERROR, e.toString());
  }

  private static LoadResult failed(FailureReason reason, String detail) {
    return new LoadResult.Failed(FetchOutcome.Failed.permanently(reason, detail));
  }

  /** Gives up everything that is under way; nobody is told of it. */
  @Override
  public void close() {
    waiting.shutdownNow();
    decoding.shutdownNow();
  }

  /** An image that is being loaded. */
  public static final class Load {
    private final Future<?> future;

    private Load(Future<?> future) {
      this.future = future;
    }

    /** Gives it up; its result may still be told if it is just coming. */
    public void cancel() {
      future.cancel(true);
    }
  }
}
