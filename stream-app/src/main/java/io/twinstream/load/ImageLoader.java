package io.twinstream.load;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.fetch.FetchRequest;
import io.twinstream.fetch.Fetcher;
import io.twinstream.fetch.MemoryBudget;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.Fingerprinter;
import io.twinstream.schema.FailureReason;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads images, one virtual thread each, which waits for the network and then for a decoder.
 * Thread-safe.
 */
public final class ImageLoader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageLoader.class);

  private final Fetcher fetcher;
  private final Fingerprinter fingerprinter;
  private final ExecutorService waiting =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("load-", 0).factory());
  private final MemoryBudget memory;

  /**
   * Ready to use.
   *
   * @param memory for what is fetched, until it is decoded
   * @param fingerprinter has bounds of its own for decoding
   */
  public ImageLoader(Fetcher fetcher, MemoryBudget memory, Fingerprinter fingerprinter) {
    this.fetcher = fetcher;
    this.memory = memory;
    this.fingerprinter = fingerprinter;
  }

  /**
   * Starts to load an image and returns at once.
   *
   * @param address where its bytes are
   * @param redirects how many led there, 0 for the image's source
   * @param left told once, on a thread of the loader, that nobody is asked for it any longer; empty
   *     if it was cancelled
   * @param done told the result once, on a thread of the loader; not told after {@link Load#cancel}
   */
  public Load start(
      String address,
      int redirects,
      Consumer<Optional<FetchOutcome>> left,
      Consumer<LoadResult> done) {
    Load load = new Load();
    waiting.execute(() -> {
      try (MemoryBudget.Lease lease = memory.lease()) {
        Optional<FetchOutcome> outcome =
            load.begin() ? fetch(new FetchRequest(address, redirects, lease)) : Optional.empty();
        left.accept(outcome);
        if (outcome.isPresent()) {
          done.accept(result(address, outcome.get()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    return load;
  }

  /** Empty if it was interrupted. */
  private Optional<FetchOutcome> fetch(FetchRequest request) {
    try {
      return Optional.of(fetcher.fetch(request));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      // Errors too: whoever waits for the result would wait for ever.
      return Optional.of(internalError(request.address(), e));
    }
  }

  private LoadResult result(String address, FetchOutcome outcome) throws InterruptedException {
    try {
      return switch (outcome) {
        case FetchOutcome.Failed failed -> new LoadResult.Failed(failed);
        case FetchOutcome.Moved moved -> new LoadResult.Moved(moved);
        case FetchOutcome.NotTried _ -> new LoadResult.NotTried();
        case FetchOutcome.Fetched fetched -> fingerprint(fetched.bytes());
      };
    } catch (RuntimeException | Error e) {
      return new LoadResult.Failed(internalError(address, e));
    }
  }

  private LoadResult fingerprint(byte[] file) throws InterruptedException {
    return switch (fingerprinter.fingerprint(file)) {
      case FingerprintOutcome.Done done ->
          new LoadResult.Loaded(done.fingerprint(), done.thumbnail());
      case FingerprintOutcome.Refused refused ->
          new LoadResult.Failed(new FetchOutcome.Failed(refused.reason(), refused.detail()));
    };
  }

  private static FetchOutcome.Failed internalError(String what, Throwable e) {
    LOG.error("Loading {} failed in an unforeseen way", what, e);
    return new FetchOutcome.Failed(FailureReason.INTERNAL_ERROR, e.toString());
  }

  /** Gives up everything that is under way; nobody is told its result. */
  @Override
  public void close() {
    waiting.shutdownNow();
  }

  /** An image that is being loaded. */
  public static final class Load {
    private Thread thread;
    private boolean cancelled;

    private Load() {}

    private synchronized boolean begin() {
      thread = Thread.currentThread();
      return !cancelled;
    }

    /** Gives it up; its result may still be told if it is just coming. */
    public synchronized void cancel() {
      cancelled = true;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }
}
