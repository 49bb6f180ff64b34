package io.twinstream.ingest;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * Hands things from one thread to another, in order and within bounds: who gives waits for room,
 * who takes is given many at once. Thread-safe.
 */
final class Handover<T> {
  private final int most;
  private final long maxWeight;
  private final ToLongFunction<T> weight;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Condition filled = lock.newCondition();
  private final Queue<T> waiting = new ArrayDeque<>();
  private long waitingWeight;
  private boolean closed;

  /** Nothing more is to be waited for. */
  private boolean ended;

  /**
   * @param most how many are taken at a time; twice as many may wait
   * @param maxWeight what those that wait weigh together, but for one
   */
  Handover(int most, long maxWeight, ToLongFunction<T> weight) {
    this.most = most;
    this.maxWeight = maxWeight;
    this.weight = weight;
  }

  /**
   * Gives one more, when there is room.
   *
   * @return false if nobody takes any more
   */
  boolean give(T thing) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && (waiting.size() >= 2L * most || waitingWeight >= maxWeight)) {
        room.await();
      }
      if (closed) {
        return false;
      }
      waiting.add(thing);
      waitingWeight += weight.applyAsLong(thing);
      if (waiting.size() == 1 || isBatch()) {
        filled.signal();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the last one. */
  void giveLast(T thing) throws InterruptedException {
    give(thing);
    lock.lockInterruptibly();
    try {
      ended = true;
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  private boolean isBatch() {
    return ended || closed || waiting.size() >= most || waitingWeight >= maxWeight;
  }

  /**
   * Takes what there is; nothing is taken if the thread is interrupted.
   *
   * @param patience how long to wait for the first
   * @param linger how long to wait, from then on, for as many as are taken at a time
   * @return empty if there is none by then, or it was closed
   */
  List<T> take(Duration patience, Duration linger) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = patience.toNanos();
      while (waiting.isEmpty() && !closed && nanos > 0) {
        nanos = filled.awaitNanos(nanos);
      }
      nanos = linger.toNanos();
      while (!waiting.isEmpty() && !isBatch() && nanos > 0) {
        nanos = filled.awaitNanos(nanos);
      }
      return closed ? List.of() : next();
    } finally {
      lock.unlock();
    }
  }

  private List<T> next() {
    List<T> batch = new ArrayList<>(Math.min(most, waiting.size()));
    while (batch.size() < most && !waiting.isEmpty()) {
      T thing = waiting.remove();
      waitingWeight -= weight.applyAsLong(thing);
      batch.add(thing);
    }
    room.signal();
    return batch;
  }

  /** Neither side waits any longer, and nothing is handed over any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      waitingWeight = 0;
      room.signal();
      filled.signal();
    } finally {
      lock.unlock();
    }
  }
}
