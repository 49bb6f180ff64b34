package io.twinstream.standalone;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Ctrl-C and SIGTERM, which let work end in order before the process does. */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Of the one command that a process runs. Java ends with the last hook, told or not. */
  private static final CountDownLatch COMMAND_TOLD = new CountDownLatch(1);

  private Interruption() {}

  /**
   * Works, and when the process is told to end, asks the work to stop and waits for it.
   *
   * @param stop called from another thread
   */
  static <T> T stopping(Runnable stop, Supplier<T> work) {
    Thread hook =
        new Thread(() -> {
          stop.run();
          try {
            if (!COMMAND_TOLD.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
              System.err.println("Stopped the hard way; the next run repairs what is open.");
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      remove(hook);
    }
  }

  /** The command has ended and has said all that it had to say. */
  static void commandTold() {
    COMMAND_TOLD.countDown();
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: that is why we are here.
    }
  }
}
