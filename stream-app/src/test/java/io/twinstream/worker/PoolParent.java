package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintSettings;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A process with a pool of two, one of which hangs, for tests that end it. */
public final class PoolParent {
  private PoolParent() {}

  /** Prints a line when it is at work; ends by itself when it is told {@code exit}. */
  public static void main(String[] args) throws InterruptedException {
    WorkerPool pool =
        new WorkerPool(
            Pools.SETTINGS, FingerprintSettings.DEFAULT, Pools.rogue(Pools.SETTINGS, "polite"));
    Thread.ofVirtual().start(() -> Pools.ask(pool, "hang"));
    while (pool.state().ready() < 2 || pool.state().busy() < 1) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.write("at work\n".getBytes(StandardCharsets.UTF_8), 0, 8);
    System.out.flush();
    if (args[0].equals("exit")) {
      System.exit(0);
    }
    Thread.currentThread().join();
  }
}
