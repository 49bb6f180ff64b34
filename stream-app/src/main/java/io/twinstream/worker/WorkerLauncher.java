package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome.Refused;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers, all in the same way. Thread-safe. */
final class WorkerLauncher {
  /** Says whose it is, should one be left behind. */
  static final String FOLDER_PREFIX = "twinstream-" + ProcessHandle.current().pid() + "-";

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLauncher.class);

  private final WorkerCommand command;
  private final WorkerSettings settings;
  private final FingerprintSettings fingerprints;
  private final WorkerWatch watch;

  WorkerLauncher(
      WorkerCommand command,
      WorkerSettings settings,
      FingerprintSettings fingerprints,
      WorkerWatch watch) {
    this.command = command;
    this.settings = settings;
    this.fingerprints = fingerprints;
    this.watch = watch;
  }

  /**
   * Starts a worker and waits until it can work.
   *
   * @param name for its log
   * @throws WorkerDiedException if it can't be started, or can't work; the message says why
   */
  Worker launch(String name) throws WorkerDiedException {
    try {
      // A folder that nobody else may look into, so that nobody else can connect.
      Path folder = Files.createTempDirectory(FOLDER_PREFIX);
      Path socket = folder.resolve("socket");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(socket));
        return greeted(new Worker(name, settings, command.start(socket)), server);
      } finally {
        delete(socket);
        delete(folder);
      }
    } catch (IOException e) {
      throw new WorkerDiedException(
          new Refused(FailureReason.INTERNAL_ERROR, String.valueOf(e.getMessage())), e);
    }
  }

  private Worker greeted(Worker worker, ServerSocketChannel server) throws WorkerDiedException {
    watch.add(worker);
    try {
      worker.greet(server, fingerprints);
      return worker;
    } catch (WorkerDiedException | RuntimeException | Error e) {
      worker.close();
      throw e;
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.debug("{} could not be deleted", path, e);
    }
  }
}
