package io.twinstream.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory that a process holds, native memory included. */
final class ResidentSize {
  private static final String FIELD = "VmRSS:";

  private ResidentSize() {}

  /** In bytes; 0 where the system doesn't say, or if there is no such process. */
  static long of(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(FIELD)) {
          return Long.parseLong(line.replaceAll("\\D", "")) << 10;
        }
      }
    } catch (IOException e) {
      // It has ended, or this is no Linux.
    }
    return 0;
  }
}
