package io.twinstream.ingest.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinstream.ingest.DrivenTask;
import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.ImageSourceTask;
import io.twinstream.ingest.MemoryOffsets;
import io.twinstream.ingest.Share;
import io.twinstream.ingest.SourceSettings;
import io.twinstream.ingest.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system that doesn't answer. It really doesn't: a file becomes a pipe after it was looked
 * at, and the system call that opens it waits for a writer, whoever interrupts it.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HangingDiskTest {
  private static final Duration A_POLL = Duration.ofMillis(1_500);
  private static final String THREAD = "twinstream-reads-hanging";

  private final MemoryOffsets offsets = new MemoryOffsets();

  @TempDir private Path folder;
  private Map<String, String> settings;
  private Path pipe;

  @BeforeEach
  void makeTheFolder() throws IOException {
    settings = Map.of("source.name", "hanging", "folder.path", folder.toString());
    pipe = folder.resolve("m");
    for (String name : List.of("a.jpg", "b.jpg", "m", "z.jpg")) {
      Files.createFile(folder.resolve(name));
    }
  }

  @AfterEach
  void letTheThreadGo() throws IOException {
    writeToThePipe();
    await().untilAsserted(() -> assertThat(readers()).isEmpty());
  }

  private void writeToThePipe() throws IOException {
    if (!readers().isEmpty()) {
      try (OutputStream out = Files.newOutputStream(pipe)) {
        out.write("text".getBytes(UTF_8));
      }
    }
  }

  @Test
  void pollsReturnWithWhatWasFoundBeforeAndStopReturnsToo() {
    DrivenTask task = task();

    Told first = pollWithin(task);
    Told second = pollWithin(task);
    long start = System.nanoTime();
    task.close();

    assertThat(first.places()).containsExactly("a.jpg", "b.jpg");
    assertThat(second.records()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_POLL);
    assertThat(readers()).singleElement().matches(Thread::isDaemon, "keeps no process alive");
    assertThat(pollWithin(task).records()).isEmpty();
  }

  @Test
  void whenItAnswersAgainTheRestIsRead() throws IOException {
    try (DrivenTask task = task()) {
      pollWithin(task);
      writeToThePipe();

      assertThat(task.readAll().places()).containsExactly("z.jpg");
    }
  }

  @Test
  void aTaskThatTakesOverPublishesTheRestAndNothingTwice() throws IOException {
    try (DrivenTask hanging = task()) {
      offsets.commit(pollWithin(hanging).records());
    }
    writeToThePipe();
    await().untilAsserted(() -> assertThat(readers()).isEmpty());
    Files.delete(pipe);

    try (DrivenTask next = new DrivenTask(new FolderSourceTask(), offsets, settings)) {
      assertThat(next.readAll().places()).containsExactly("z.jpg");
    }
  }

  private static Told pollWithin(DrivenTask task) {
    long start = System.nanoTime();
    Told told = task.poll();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(A_POLL);
    return told;
  }

  private static List<Thread> readers() {
    return new ArrayList<>(Thread.getAllStackTraces().keySet())
        .stream().filter(thread -> thread.getName().equals(THREAD)).toList();
  }

  private DrivenTask task() {
    return new DrivenTask(new HangingTask(), offsets, settings);
  }

  private final class HangingTask extends ImageSourceTask {
    HangingTask() {
      super(System::nanoTime);
    }

    @Override
    protected SourceSettings settings(Map<String, String> properties) {
      return FolderSettings.of(properties).source();
    }

    @Override
    protected ImageSource source(Map<String, String> properties, OffsetStorageReader remembered) {
      FolderSettings settings = FolderSettings.of(properties);
      // An entry at a time is asked about, so that what comes before the pipe is told.
      return new FolderSource(
          settings.source().origin(),
          Share.WHOLE,
          settings::realFolder,
          Set::of,
          new PipeDisk(),
          remembered::offsets,
          1);
    }
  }

  private final class PipeDisk extends Disk {
    @Override
    BasicFileAttributes attributes(Path path) throws IOException {
      BasicFileAttributes attributes = super.attributes(path);
      if (path.endsWith(pipe.getFileName())) {
        Files.delete(path);
        makePipe(path);
      }
      return attributes;
    }

    private void makePipe(Path path) throws IOException {
      Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).start();
      try {
        assertThat(mkfifo.waitFor()).isZero();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
