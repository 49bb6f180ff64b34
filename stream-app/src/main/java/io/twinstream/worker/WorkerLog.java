package io.twinstream.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker, or native code in it, prints: into our log, in lines of bounded length, and so
 * many a worker. The rest is read and forgotten, since a worker whose output nobody reads stands
 * still.
 */
final class WorkerLog {
  /** A crash of the Java machine has its most important words in its first lines. */
  static final int MAX_LINES = 40;

  static final int MAX_LINE_BYTES = 300;

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLog.class);

  private final String name;
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int length;
  private int lines;

  /**
   * Reads on a thread of its own until the stream ends.
   *
   * @param name of the worker
   */
  static Thread follow(String name, InputStream output) {
    return Thread.ofPlatform()
        .daemon()
        .name(name + "-output")
        .start(() -> new WorkerLog(name).read(output));
  }

  private WorkerLog(String name) {
    this.name = name;
  }

  private void read(InputStream output) {
    byte[] buffer = new byte[8192];
    try (output) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        for (int i = 0; i < read; i++) {
          add(buffer[i]);
        }
      }
    } catch (IOException e) {
      // It has ended while we read.
    }
    endLine();
  }

  private void add(byte next) {
    if (next == '\n') {
      endLine();
    } else if (length < MAX_LINE_BYTES) {
      line[length++] = next;
    }
  }

  private void endLine() {
    if (length == 0) {
      return;
    }
    lines++;
    if (lines <= MAX_LINES) {
      // Control characters would let a file's text play with the terminal.
      String text =
          new String(line, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
      LOG.warn("{} printed: {}", name, text);
    } else if (lines == MAX_LINES + 1) {
      LOG.warn("{} prints more than {} lines; the others are left out", name, MAX_LINES);
    }
    length = 0;
  }
}
