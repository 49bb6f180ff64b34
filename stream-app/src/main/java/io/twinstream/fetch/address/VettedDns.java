package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks names up and keeps the addresses that may be connected to. Thread-safe.
 *
 * <p>A lookup of the system blocks in native code, for half a minute if no name server answers. On
 * a virtual thread it would hold the carrier, and a few names that don't resolve would hold them
 * all; so lookups have platform threads of their own, more than there are downloads at a time.
 * Nobody waits longer than the deadline for an answer, or for a thread, and those who ask for the
 * same name share a lookup. What nobody waits for any more is not begun.
 */
public final class VettedDns implements Dns, AutoCloseable {
  private static final int THREADS = 512;

  /** They need little, and there may be many of them. */
  private static final int STACK_BYTES = 256 << 10;

  private final Resolver resolver;
  private final AddressPolicy policy;
  private final Duration deadline;
  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay =
      new ConcurrentHashMap<>();
  private final Semaphore places = new Semaphore(THREADS, true);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().name("dns-", 0).daemon().stackSize(STACK_BYTES).factory());

  /**
   * Ready to use.
   *
   * @param deadline for whoever asks
   */
  public VettedDns(Resolver resolver, AddressPolicy policy, Duration deadline) {
    this.resolver = resolver;
    this.policy = policy;
    this.deadline = deadline;
  }

  /**
   * The addresses of a name that may be connected to, one or more.
   *
   * @throws UnknownHostException if there are none. Its cause says more: a {@link
   *     ForbiddenAddressException} if all are forbidden, a {@link TimeoutException} if no answer
   *     came, a {@link RejectedExecutionException} if so many lookups were under way that nobody
   *     was asked, an {@link InterruptedException} if the thread was interrupted, and is still
   */
  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    List<InetAddress> all = resolve(host);
    List<InetAddress> allowed =
        all.stream().filter(address -> policy.rule(address).isEmpty()).toList();
    if (allowed.isEmpty()) {
      InetAddress one = all.getFirst();
      Rule rule = policy.rule(one).orElseThrow();
      throw unknown(
          host,
          new ForbiddenAddressException(
              rule,
              "%s leads to %s, no public address (%s); --allow-private or --allow-network allows it"
                  .formatted(host, one.getHostAddress(), rule)));
    }
    return allowed;
  }

  /**
   * All addresses of a name, allowed or not, one or more.
   *
   * @throws UnknownHostException as {@link #lookup} does
   */
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    try {
      CompletableFuture<List<InetAddress>> lookup = underWay.get(host);
      if (lookup == null) {
        lookup = begin(host);
      }
      List<InetAddress> all = lookup.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      if (all.isEmpty()) {
        throw new UnknownHostException(host);
      }
      return all;
    } catch (TimeoutException e) {
      TimeoutException late =
          new TimeoutException("no answer to a lookup within %d ms".formatted(deadline.toMillis()));
      late.initCause(e);
      throw unknown(host, late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(host, e);
    } catch (ExecutionException e) {
      throw unknown(host, e.getCause());
    }
  }

  /** Waits for a place; by then somebody else may have begun the same. */
  private CompletableFuture<List<InetAddress>> begin(String host)
      throws InterruptedException, UnknownHostException {
    if (!places.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
      throw unknown(
          host, new RejectedExecutionException("%d lookups are under way".formatted(THREADS)));
    }
    CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
    CompletableFuture<List<InetAddress>> others = underWay.putIfAbsent(host, mine);
    if (others != null) {
      places.release();
      return others;
    }
    try {
      threads.execute(() -> answer(host, mine));
    } catch (RuntimeException | Error e) {
      end(host, mine);
      mine.completeExceptionally(new RejectedExecutionException("no thread for a lookup", e));
    }
    return mine;
  }

  private void answer(String host, CompletableFuture<List<InetAddress>> lookup) {
    try {
      List<InetAddress> all = resolver.resolve(host);
      end(host, lookup);
      lookup.complete(all);
    } catch (UnknownHostException | RuntimeException | Error e) {
      end(host, lookup);
      lookup.completeExceptionally(e);
    }
  }

  private void end(String host, CompletableFuture<List<InetAddress>> lookup) {
    underWay.remove(host, lookup);
    places.release();
  }

  private static UnknownHostException unknown(String host, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(host);
    unknown.initCause(cause);
    return unknown;
  }

  /** Ends its threads; those within a lookup end when the system answers. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
