package io.twinstream.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir private Path folder;

  @Test
  void anInstanceThatComesBackHasItsNameAgain() {
    Path path = folder.resolve("state");
    String first;
    try (StateDirectory directory = StateDirectory.open(path)) {
      first = directory.instanceId();
      assertThat(directory.instanceId()).isEqualTo(first);
    }

    try (StateDirectory directory = StateDirectory.open(path);
        StateDirectory another = StateDirectory.open(folder.resolve("another"))) {
      assertThat(directory.instanceId()).isEqualTo(first).isNotEqualTo(another.instanceId());
    }
  }

  @Test
  void twoInstancesDoNotShareADirectory() {
    try (StateDirectory open = StateDirectory.open(folder)) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> StateDirectory.open(open.path()))
          .withMessage(
              "%s is in use by another instance; give each a --state folder of its own", folder);
    }
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> StateDirectory.open(file))
        .withMessageContaining(file.toString())
        .withMessageContaining("--state");
  }
}
