package io.twinstream.standalone.chaos;

import io.twinstream.standalone.engine.ChildProcess.Launcher;
import io.twinstream.standalone.engine.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The instances of the app, each a process of its own with a state directory of its own. */
final class Fleet implements AutoCloseable {
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final List<Launcher> builds;
  private final Path folder;
  private final String bootstrapServers;
  private final Sabotage sabotage;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(QUICK).build();
  private final List<Member> members = new ArrayList<>();

  /**
   * @param builds one after the other, at each start of each
   */
  Fleet(List<Launcher> builds, Path folder, String bootstrapServers, Sabotage sabotage) {
    this.builds = List.copyOf(builds);
    this.folder = folder;
    this.bootstrapServers = bootstrapServers;
    this.sabotage = sabotage;
  }

  /** One more, which is not started yet. */
  synchronized Member add() {
    return add(members.size() + 1, builds);
  }

  /**
   * An instance whose state lies on a disk that it alone sees.
   *
   * @param disk small
   */
  record Cramped(Member member, Tmpfs disk) {}

  /** One more of these; empty where there can't be such a disk. */
  synchronized Optional<Cramped> addCramped() {
    return Tmpfs.at(state(name(members.size() + 1)))
        .map(disk -> {
          List<Launcher> within =
              builds.stream().map(build -> build.within(disk.wrapper())).toList();
          return new Cramped(add(members.size() + 1, within), disk);
        });
  }

  private static String name(int number) {
    return "instance " + number;
  }

  private Member add(int number, List<Launcher> how) {
    String name = name(number);
    int port = FreePorts.some(1).getFirst();
    URI ready = URI.create("http://127.0.0.1:%d/health/ready".formatted(port));
    members.add(
        new Member(
            name,
            how,
            folder.resolve(name.replace(' ', '-') + ".log"),
            starts -> command(name, port, starts),
            () -> isReady(ready)));
    return members.getLast();
  }

  private List<String> command(String name, int port, int starts) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "stream",
                "--bootstrap=" + bootstrapServers,
                "--state=" + state(name),
                "--health-port=" + port,
                "--standbys=1",
                "--allow-private",
                "--per-host=16",
                "--decoders=1",
                "--decoder-heap=128"));
    for (Map.Entry<String, String> setting : sabotage.settings(starts).entrySet()) {
      command.add("--kafka=%s=%s".formatted(setting.getKey(), setting.getValue()));
    }
    return command;
  }

  private Path state(String name) {
    return folder.resolve(name.replace(' ', '-'));
  }

  /** Deletes all that it has kept, its name among the others as well. */
  void lose(Member member) {
    Path state = state(member.name());
    try (Stream<Path> all = Files.exists(state) ? Files.walk(state) : Stream.empty()) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + state, e);
    }
  }

  private boolean isReady(URI page) {
    try {
      return client
              .send(HttpRequest.newBuilder(page).timeout(QUICK).build(), BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Kills what is still there. */
  @Override
  public synchronized void close() {
    members.forEach(Member::end);
    client.close();
  }
}
