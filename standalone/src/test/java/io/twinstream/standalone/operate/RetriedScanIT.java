package io.twinstream.standalone.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.standalone.scan.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data directory, scanned again after what failed is mended. */
@Timeout(300)
class RetriedScanIT {
  @TempDir private Path folder;

  @Test
  void whatFailedIsTriedAgainWhenItIsAskedFor() throws Exception {
    try (PolledServer server = new PolledServer(Duration.ZERO)) {
      Path csv =
          Files.writeString(
              folder.resolve("list.csv"),
              "id,url\n1,%s\n2,%s\n3,%s\n"
                  .formatted(server.url("1.jpg"), server.url("2.jpg"), server.url("3.jpg")));
      server.trouble("2.jpg", 503);
      server.trouble("3.jpg", 404);

      Command first = scan(csv);
      assertThat(first.exitCode()).as(first.errors()).isEqualTo(3);
      assertThat(first.output()).contains("3 images", "1 unique", "2 failed", "--retry-failed");
      int asked = server.requests("2.jpg").size();
      server.mend();

      assertThat(scan(csv).output()).as("not asked for").contains("2 failed");
      assertThat(server.requests("2.jpg")).hasSize(asked);
      assertThat(scan(csv, "--retry-failed").output()).contains("3 images", "2 unique", "1 failed");
      assertThat(server.requests("3.jpg")).hasSize(1);
      Command last = scan(csv, "--retry-reason", "not-found");
      assertThat(last.exitCode()).as(last.errors()).isZero();
      assertThat(last.output()).contains("3 images", "3 unique", "0 failed");
      assertThat(server.requests("1.jpg")).hasSize(1);
    }
  }

  private Command scan(Path csv, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("scan", csv.toString(), "--allow-private"));
    args.add("--out=" + folder.resolve("out"));
    args.addAll(List.of(more));
    return Command.run(folder, args.toArray(String[]::new));
  }
}
