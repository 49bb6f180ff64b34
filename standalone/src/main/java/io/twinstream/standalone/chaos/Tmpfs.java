package io.twinstream.standalone.chaos;

import io.twinstream.standalone.engine.ChildProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A small disk in memory that one process alone sees, in a mount namespace of its own (Linux): it
 * is gone with the process.
 *
 * @param wrapper what makes it, before the command of the process
 * @param folder where the process sees it
 */
record Tmpfs(List<String> wrapper, Path folder) {
  private static final int MEGABYTES = 96;
  private static final String MOUNT =
      "mount -t tmpfs -o size=%dm twinstream-chaos \"$0\" && exec \"$@\"".formatted(MEGABYTES);

  /** With the rights that one has, or as root of a user namespace. */
  private static final List<String> WAYS = List.of("-m", "-rm");

  Tmpfs {
    wrapper = List.copyOf(wrapper);
  }

  /** Empty where that can't be had. */
  static Optional<Tmpfs> at(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("can't make " + folder, e);
    }
    for (String way : WAYS) {
      List<String> wrapper = List.of("unshare", way, "sh", "-c", MOUNT, folder.toString());
      if (works(wrapper)) {
        return Optional.of(new Tmpfs(wrapper, folder));
      }
    }
    return Optional.empty();
  }

  private static boolean works(List<String> wrapper) {
    List<String> line = new ArrayList<>(wrapper);
    line.add("true");
    try {
      return new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Leaves no byte free, once the process has it.
   *
   * @return whether it has, before it ends
   */
  boolean fill(ChildProcess process) throws InterruptedException {
    while (!isMounted(process)) {
      if (!process.isAlive()) {
        return false;
      }
      Thread.sleep(50);
    }
    Path seen = Path.of("/proc", Long.toString(process.pid()), "root");
    Path file = seen.resolve(folder.getRoot().relativize(folder)).resolve("filling");
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      // No more than it can hold, whatever disk that is.
      for (int i = 0; i < MEGABYTES << 20; i += block.length) {
        out.write(block);
      }
    } catch (IOException e) {
      // That is what was wanted, unless the process has ended before.
    }
    return true;
  }

  private boolean isMounted(ChildProcess process) {
    // Spaces are written so there (proc(5)).
    String point = " " + folder.toString().replace(" ", "\\040") + " ";
    try (Stream<String> mounts =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "mountinfo"))) {
      return mounts.anyMatch(line -> line.contains(point));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
