package io.twinstream.fetch;

import java.util.concurrent.Semaphore;

/**
 * How many bytes of images may lie in memory at a time, for all that are being fetched or wait for
 * a decoder. Thread-safe.
 *
 * <p>Readers that hold a part each and wait for more could wait for each other for ever. So when
 * the budget is used up, one of them at a time may exceed it, until it is done: the bound is the
 * budget and one image.
 */
public final class MemoryBudget {
  private static final int UNIT = 1 << 10;

  private final Semaphore units;
  private final Semaphore overdraft = new Semaphore(1);

  /**
   * All free.
   *
   * @param bytes 1 KB or more, below 2 TB
   */
  public MemoryBudget(long bytes) {
    units = new Semaphore(Math.toIntExact(bytes / UNIT));
  }

  /** Nothing at first. For one thread at a time. */
  public Lease lease() {
    return new Lease();
  }

  /** How many bytes are left. */
  public long free() {
    return (long) units.availablePermits() * UNIT;
  }

  /** A share that grows and is given back as a whole. */
  public final class Lease implements AutoCloseable {
    private int held;
    private boolean overdrawn;

    private Lease() {}

    /**
     * Waits until so many bytes more may be used. Wakes at once when the lease may exceed the
     * budget.
     */
    public void grow(long bytes) throws InterruptedException {
      int more = Math.toIntExact((bytes + UNIT - 1) / UNIT);
      while (!overdrawn && !units.tryAcquire(more)) {
        overdrawn = overdraft.tryAcquire();
        if (!overdrawn && units.tryAcquire(more, 20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
          break;
        }
      }
      if (!overdrawn) {
        held += more;
      }
    }

    @Override
    public void close() {
      units.release(held);
      held = 0;
      if (overdrawn) {
        overdrawn = false;
        overdraft.release();
      }
    }
  }
}
