package io.twinstream.catalog.sheet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SpreadsheetMemoryTest {
  /** In a Java of its own, since this one has more memory than a test of memory needs. */
  @Test
  @Timeout(60)
  void aWriterOfManyRowsNeedsLittleMemory() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                System.getProperty("java.class.path"),
                SpreadsheetBenchmark.class.getName(),
                "60000")
            .redirectErrorStream(true)
            .start();

    String output = new String(writer.getInputStream().readAllBytes(), UTF_8);

    assertThat(writer.waitFor()).as(output).isZero();
    assertThat(output).startsWith("60,000 rows of 20 cells");
  }
}
