package io.twinstream.standalone;

import io.twinstream.app.Decoding;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.worker.WorkerSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where pictures are decoded: the same options for all commands that decode. */
final class DecoderOptions {
  private static final WorkerSettings DEFAULT = WorkerSettings.DEFAULT;

  @Option(
      names = "--decoders",
      paramLabel = "N",
      description = "Processes that decode pictures. Default: one for each processor.")
  private Integer decoders;

  @Option(
      names = "--decoder-timeout",
      paramLabel = "SECONDS",
      description = "What a picture may take; it is tried twice. Default: 15.")
  private Integer timeout;

  @Option(
      names = "--decoder-heap",
      paramLabel = "MB",
      description =
          "The most that Java's heap of a decoder may take. Default: 768, or half of"
              + " --decoder-memory if that is less.")
  private Integer heap;

  @Option(
      names = "--decoder-memory",
      paramLabel = "MB",
      description =
          "The most that a decoder may take, native memory included; it is ended above that."
              + " Default: 1536, or twice --decoder-heap if that is more.")
  private Integer memory;

  @Option(
      names = "--in-process",
      description =
          "Decode in this process, not in others, for pictures that can be trusted: one that ends"
              + " its decoder ends all, and there is no bound on its memory.")
  private boolean inProcess;

  /** Where pictures are decoded. */
  Decoding decoding() {
    WorkerSettings settings = settings();
    if (!inProcess) {
      return new Decoding.InWorkers(settings);
    } else if (heap != null || memory != null) {
      throw new RefusedException(
          "--decoder-heap and --decoder-memory bound decoders of their own; leave them out, or"
              + " --in-process");
    }
    return new Decoding.InProcess(settings.workers(), settings.deadline());
  }

  private WorkerSettings settings() {
    long heapBytes =
        heap == null
            ? Math.min(DEFAULT.heapBytes(), bytes(memory, Long.MAX_VALUE) / 2)
            : bytes(heap, 0);
    try {
      return new WorkerSettings(
          decoders == null ? DEFAULT.workers() : decoders,
          timeout == null ? DEFAULT.deadline() : Duration.ofSeconds(timeout),
          DEFAULT.start(),
          heapBytes,
          bytes(memory, Math.max(DEFAULT.residentBytes(), 2 * heapBytes)));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--decoders, --decoder-…: " + e.getMessage());
    }
  }

  private static long bytes(Integer megabytes, long byDefault) {
    return megabytes == null ? byDefault : (long) megabytes << 20;
  }
}
