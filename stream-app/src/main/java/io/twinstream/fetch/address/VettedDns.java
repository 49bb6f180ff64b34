package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Looks names up and keeps the addresses that may be connected to. Thread-safe.
 *
 * <p>A lookup of the system blocks in native code. On a virtual thread it would hold the carrier,
 * and a few names that don't resolve would hold them all; so lookups have platform threads of their
 * own. Nobody waits longer than the deadline, and those who ask for the same name share a lookup.
 */
public final class VettedDns implements Dns, AutoCloseable {
  private static final int THREADS = 64;

  /** Names that may wait for a thread; beyond that, lookups hang and more would not help. */
  private static final int MAX_WAITING = 1_000;

  private final Resolver resolver;
  private final AddressPolicy policy;
  private final Duration deadline;
  private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay =
      new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MAX_WAITING),
          Thread.ofPlatform().name("dns-", 0).daemon().factory());

  /**
   * Ready to use.
   *
   * @param deadline for whoever asks
   */
  public VettedDns(Resolver resolver, AddressPolicy policy, Duration deadline) {
    this.resolver = resolver;
    this.policy = policy;
    this.deadline = deadline;
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * The addresses of a name that may be connected to, one or more.
   *
   * @throws UnknownHostException if there are none. Its cause says more: a {@link
   *     ForbiddenAddressException} if all are forbidden, a {@link TimeoutException} if no answer
   *     came, an {@link InterruptedException} if the thread was interrupted, and is still
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
    CompletableFuture<List<InetAddress>> lookup = underWay.computeIfAbsent(host, this::start);
    if (lookup == null) {
      throw unknown(host, new TimeoutException("too many lookups are under way"));
    }
    try {
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

  /** Null if there is no room. */
  private CompletableFuture<List<InetAddress>> start(String host) {
    CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
    try {
      threads.execute(() -> {
        try {
          lookup.complete(resolver.resolve(host));
        } catch (UnknownHostException | RuntimeException | Error e) {
          lookup.completeExceptionally(e);
        } finally {
          underWay.remove(host, lookup);
        }
      });
      return lookup;
    } catch (RejectedExecutionException e) {
      return null;
    }
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
