package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there was before, so that nothing more is left behind: threads by name, temporary files. */
final class Leftovers {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));
  private static final long PROCESS = ProcessHandle.current().pid();
  private static final Path SOCKETS = Path.of("/proc/self/fd");

  private final Map<String, Long> threads = threads();
  private final Set<String> files = files();
  private final long sockets = sockets();

  /** Waits until there is no more than there was. */
  void assertNone(HostileServer server) {
    await().untilAsserted(() -> assertThat(server.open()).as("open connections").isZero());
    server.close();
    await()
        .untilAsserted(() -> {
          assertThat(threads())
              .allSatisfy((name, count) ->
                  assertThat(count)
                      .as("threads called %s", name)
                      .isLessThanOrEqualTo(threads.getOrDefault(name, 0L)));
          assertThat(sockets()).as("open sockets").isLessThanOrEqualTo(sockets);
        });
    assertThat(files()).as("temporary files").isSubsetOf(files);
  }

  /** Names without their numbers; of platform threads, but for those of the system and the test. */
  private static Map<String, Long> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(thread -> thread.getName().replaceAll("[0-9]+", "N"))
        .filter(name -> name.matches("(Ok|dns-|fetch-).*"))
        // They are Okio's and OkHttp's own, one a process, and end by themselves.
        .filter(name -> !name.equals("Okio Watchdog") && !name.equals("OkHttp TaskRunner"))
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private static Set<String> files() {
    try (Stream<Path> files = Files.list(TEMPORARY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("okhttp") || name.contains("twinstream"))
          // Those of workers name their process; other tests' come and go meanwhile.
          .filter(name -> !name.matches("twinstream-(?!" + PROCESS + "-).*"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of this process; 0 where the system doesn't say. */
  private static long sockets() {
    try (Stream<Path> open = Files.list(SOCKETS)) {
      return open.filter(Leftovers::isSocket).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }
}
