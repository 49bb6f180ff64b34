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

/** A JPEG file of whose data libjpeg would say that they are corrupt: in processes of their own. */
class DamagedPicturesIT {
  @TempDir private Path folder;
  private Path whole;
  private Path damaged;

  @BeforeEach
  void write() throws IOException {
    byte[] file = Pictures.jpeg(1);
    whole = Files.write(folder.resolve("whole.jpg"), file);
    Arrays.fill(file, file.length / 2, file.length / 2 + 300, (byte) 0);
    damaged = Files.write(folder.resolve("damaged.jpg"), file);
  }

  @Test
  void onlyItsFingerprintIsSeen() throws Exception {
    Command command = Command.run(folder, "fingerprint", damaged.toString());

    assertThat(command.errors()).isEmpty();
    assertThat(command.exitCode()).isZero();
    assertThat(command.output().lines()).singleElement().asString().contains("\"sha256\"");
  }

  @Test
  void onlyTheComparisonIsSeenAndWhatTheCommandItselfHasToSay() throws Exception {
    Command compared = Command.run(folder, "compare", whole.toString(), damaged.toString());
    Command refused = Command.run(folder, "compare", damaged.toString(), folder.toString());

    assertThat(compared.errors()).isEmpty();
    assertThat(compared.output()).contains("preset loose: ");
    assertThat(refused.errors().lines()).containsExactly(folder + ": not-an-image, it is a folder");
  }
}
