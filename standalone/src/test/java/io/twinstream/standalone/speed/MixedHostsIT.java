package io.twinstream.standalone.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Verdict;
import io.twinstream.standalone.scan.Command;
import io.twinstream.standalone.scan.Topic;
import io.twinstream.standalone.speed.SlowWeb.Manner;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A list of pictures on 64 hosts, each with a name and an address of its own, first with all of
 * them healthy, then with every tenth dead, every tenth slow and some that fail every other time.
 */
@Timeout(400)
class MixedHostsIT {
  private static final int IMAGES = 2_000;
  private static final int HOSTS = 64;

  @TempDir private Path folder;

  /** What a scan took and left. */
  private record Run(double seconds, Topic topic) {}

  @Test
  void everyAddressHasOneVerdictHoweverItsHostBehaves() throws Exception {
    Run healthy = scan("healthy", _ -> Manner.HEALTHY);
    Run mixed = scan("mixed", MixedHostsIT::manner);
    System.out.printf(
        Locale.ROOT,
        "%,d pictures on %d hosts: healthy %.1f s, mixed %.1f s, ratio %.2f%n",
        IMAGES,
        HOSTS,
        healthy.seconds,
        mixed.seconds,
        mixed.seconds / healthy.seconds);

    assertThat(failedIds(healthy)).isEmpty();
    assertThat(failedIds(mixed)).containsAll(ofHosts(Manner.DEAD));
    assertThat(failedIds(mixed)).doesNotContainAnyElementsOf(ofHosts(Manner.HEALTHY));
    assertThat(failedIds(mixed)).doesNotContainAnyElementsOf(ofHosts(Manner.SLOW));
    for (Run run : List.of(healthy, mixed)) {
      run.topic.assertOneVerdictForEachOf(IMAGES);
    }
  }

  private static Manner manner(int host) {
    return switch (host % 10) {
      case 3 -> Manner.DEAD;
      case 6 -> Manner.SLOW;
      default -> host % 20 == 8 ? Manner.FLAPPING : Manner.HEALTHY;
    };
  }

  private static List<String> ofHosts(Manner manner) {
    return IntStream.range(0, IMAGES)
        .filter(image -> manner(image % HOSTS) == manner)
        .mapToObj(Integer::toString)
        .toList();
  }

  private static List<String> failedIds(Run run) {
    return run.topic.verdicts().stream()
        .filter(Verdict.DownloadFailed.class::isInstance)
        .map(verdict -> verdict.image().id())
        .toList();
  }

  private Run scan(String name, IntFunction<Manner> manners) throws Exception {
    Path out = folder.resolve(name);
    try (SlowWeb web = new SlowWeb(Duration.ofMillis(200))) {
      StringBuilder names = new StringBuilder("127.0.0.1 localhost\n");
      StringBuilder csv = new StringBuilder("id,url\n");
      int port = 0;
      for (int host = 0; host < HOSTS; host++) {
        URI address = URI.create(web.open(manners.apply(host)));
        port = address.getPort();
        names.append("%s host-%d.example%n".formatted(address.getHost(), host));
      }
      for (int image = 0; image < IMAGES; image++) {
        csv.append(
            "%d,http://host-%d.example:%d/%d.png%n".formatted(image, image % HOSTS, port, image));
      }
      Path map = Files.writeString(folder.resolve(name + ".hosts"), names);
      Path list = Files.writeString(folder.resolve(name + ".csv"), csv);
      long begin = System.nanoTime();
      Command command =
          Command.start(
              folder,
              Map.of("JDK_JAVA_OPTIONS", "-Djdk.net.hosts.file=" + map),
              "scan",
              list.toString(),
              "--allow-private",
              "--out=" + out);
      command.await();
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertThat(command.errors()).contains("images");
      return new Run(seconds, Topic.read(out.resolve(".data")));
    }
  }
}
