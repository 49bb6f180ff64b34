package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.standalone.scan.Command;
import io.twinstream.standalone.scan.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen on a terminal of which native code has its opinion, too: processes of their own. */
class DamagedPicturesIT {
  @TempDir private Path folder;
  private Path whole;
  private Path cut;

  @BeforeEach
  void write() throws IOException {
    byte[] file = Pictures.jpeg(1);
    whole = Files.write(folder.resolve("whole.jpg"), file);
    cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(file, file.length / 2));
  }

  @Test
  void ofADamagedPictureOnlyItsFingerprintLineIsSeen() throws Exception {
    Command command = Command.run(folder, "fingerprint", cut.toString(), whole.toString());

    assertThat(command.exitCode()).isEqualTo(3);
    assertThat(command.output().lines())
        .satisfiesExactly(
            one -> assertThat(one).contains("\"reason\":\"corrupt\""),
            other -> assertThat(other).contains("\"sha256\""));
    assertThat(command.errors()).isEmpty();
  }

  @Test
  void comparedItIsNamedAndNothingElseIsSaid() throws Exception {
    Command command = Command.run(folder, "compare", whole.toString(), cut.toString());

    assertThat(command.exitCode()).isEqualTo(3);
    assertThat(command.errors().lines()).singleElement().asString().startsWith(cut + ": corrupt, ");
  }
}
