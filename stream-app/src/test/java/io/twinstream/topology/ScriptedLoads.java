package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.FetchOutcome;
import io.twinstream.fetch.FetchRequest;
import io.twinstream.fetch.Fetcher;
import io.twinstream.fetch.Fetches;
import io.twinstream.fetch.MemoryBudget;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.load.ImageLoader;
import io.twinstream.match.MatchSettings;
import io.twinstream.politeness.FetchControl;
import io.twinstream.politeness.HostLimits;
import io.twinstream.politeness.HostState;
import io.twinstream.politeness.Hosts;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.FailureReason;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Measures;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Thumbnail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A real loader whose fetches end when the test says so. A file is the text of a 64-bit code in
 * hexadecimal, and whatever follows makes its bytes different. The whole file is its thumbnail if
 * it asks for one.
 */
final class ScriptedLoads implements AutoCloseable {
  static final Threshold THRESHOLD = new Threshold("Scripted(64)", 4);
  static final MatchSettings MATCHING = new MatchSettings(THRESHOLD, Orientations.NONE, Views.NONE);

  /** Stands in files that have a thumbnail. */
  static final String WITH_THUMBNAIL = " with a thumbnail ";

  /** Stands in files that have too little in them. */
  static final String FEATURELESS = " featureless ";

  private final Map<String, BlockingQueue<Fetch>> started = new ConcurrentHashMap<>();
  private final Fetcher fetcher = new Scripted();
  private final ImageLoader loader =
      new ImageLoader(fetcher, new MemoryBudget(1 << 20), this::fingerprint);
  private volatile boolean digestsPixels;

  /** One fetch that is under way. */
  record Fetch(FetchRequest request, Thread thread, CompletableFuture<FetchOutcome> outcome) {
    void brings(String file) {
      ends(Fetches.bringing(file.getBytes(StandardCharsets.UTF_8)));
    }

    void fails(FailureReason reason) {
      ends(new FetchOutcome.Failed(reason, "by the script"));
    }

    void failsForNow() {
      ends(new FetchOutcome.Failed(FailureReason.TIMEOUT, "by the script"));
    }

    /** Ends as no fetcher should. */
    void breaks(Throwable mistake) {
      outcome.completeExceptionally(mistake);
      awaitEnd();
    }

    /** Returns when the result has been handed over. */
    void ends(FetchOutcome end) {
      outcome.complete(end);
      awaitEnd();
    }

    void awaitEnd() {
      try {
        assertThat(thread.join(Duration.ofSeconds(20))).as("the load has ended").isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  final FetchControl control = new FetchControl();

  private final AtomicInteger fetching = new AtomicInteger();
  private Hosts hosts;

  FetchParts parts(InstantSource clock) {
    hosts = new Hosts(HostLimits.DEFAULT, 1000, 1000, control, clock);
    return new FetchParts(loader, fetcher, hosts, control);
  }

  /** Waits until the thread of each load that was begun is where the test can see it. */
  void settle() {
    await(() -> hosts.states().stream().mapToInt(HostState::underWay).sum() == fetching.get());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofNanos(50_000))
        .until(condition);
  }

  /** All that are under way, by name, but for those that the test has taken already. */
  List<Fetch> takeAll() {
    settle();
    List<Fetch> all = new ArrayList<>();
    started.values().forEach(fetches -> fetches.drainTo(all));
    all.removeIf(fetch -> !fetch.thread().isAlive());
    all.sort(Comparator.comparing(fetch -> fetch.request().address()));
    return all;
  }

  /** Waits until nothing is under way any more, and forgets what was. */
  void forget() {
    await(() -> fetching.get() == 0);
    started.clear();
  }

  /** The host is what stands before a slash: {@code test:host/name}. */
  private final class Scripted implements Fetcher {
    @Override
    public Optional<String> host(String address) {
      int slash = address.indexOf('/');
      return slash < 0 ? Optional.empty() : Optional.of(address.substring("test:".length(), slash));
    }

    @Override
    public FetchOutcome fetch(FetchRequest request) throws InterruptedException {
      return ScriptedLoads.this.fetch(request);
    }
  }

  /** The next fetch of that name; waits until its thread is there. */
  Fetch fetch(Object name) {
    try {
      Fetch fetch = queue("test:" + name).poll(20, TimeUnit.SECONDS);
      assertThat(fetch).as("a fetch of %s", name).isNotNull();
      return fetch;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Whether there is a fetch of that name that the test has not taken yet. Threads of loads begin
   * soon but not at once, so that this only ever finds a mistake, and never one that is none.
   */
  boolean hasStarted(String name) {
    return !queue("test:" + name).isEmpty();
  }

  /** Ends about half of what is under way, in all the ways that there are. */
  void endSome(Random random) {
    for (BlockingQueue<Fetch> fetches : started.values()) {
      if (random.nextBoolean()) {
        continue;
      }
      for (Fetch fetch = fetches.poll(); fetch != null; fetch = fetches.poll()) {
        switch (random.nextInt(4)) {
          case 0 -> fetch.fails(FailureReason.NOT_FOUND);
          case 1 -> fetch.failsForNow();
          default -> fetch.brings("%016x".formatted(random.nextInt(64)));
        }
      }
    }
  }

  private FetchOutcome fetch(FetchRequest request) throws InterruptedException {
    Fetch fetch = new Fetch(request, Thread.currentThread(), new CompletableFuture<>());
    queue(request.address()).add(fetch);
    fetching.incrementAndGet();
    try {
      return fetch.outcome().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error mistake) {
        throw mistake;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      fetching.decrementAndGet();
    }
  }

  private BlockingQueue<Fetch> queue(String source) {
    return started.computeIfAbsent(source, name -> new LinkedBlockingQueue<>());
  }

  /** From now on each file has the same digest of pixels as all with its code. */
  void digestPixels() {
    digestsPixels = true;
  }

  private FingerprintOutcome fingerprint(byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    String code = text.substring(0, 16);
    return new FingerprintOutcome.Done(
        new Fingerprint(
            sha256(file),
            file.length,
            "png",
            1,
            1,
            text.contains(FEATURELESS) ? 0 : 50,
            List.of(new PerceptualHash(THRESHOLD.algorithm(), BinaryCode.ofHex(code, 64))),
            List.of(),
            digestsPixels ? sha256(code.getBytes(StandardCharsets.UTF_8)) : "",
            Measures.NONE,
            List.of()),
        text.contains(WITH_THUMBNAIL) ? Thumbnail.of(file) : Thumbnail.NONE);
  }

  private static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    loader.close();
  }
}
