package io.twinstream.standalone.chaos;

import io.twinstream.standalone.engine.ChildProcess.Launcher;
import io.twinstream.standalone.engine.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;

/** The brokers of the cluster, each a process of its own. */
final class Brokers {
  private static final String HOST = "127.0.0.1:";
  private static final int QUICK_MS = 3000;

  private final List<Member> members = new ArrayList<>();
  private final List<Integer> ports;

  Brokers(Launcher launcher, Path folder, int count) {
    List<Integer> all = FreePorts.some(2 * count);
    ports = all.subList(0, count);
    String controllers =
        all.subList(count, 2 * count).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(","));
    for (int i = 0; i < count; i++) {
      String name = "broker " + (i + 1);
      String address = HOST + ports.get(i);
      List<String> command =
          List.of(
              "broker",
              "--data=" + folder.resolve(name.replace(' ', '-')),
              "--port=" + ports.get(i),
              "--controllers=" + controllers,
              "--node=" + (i + 1));
      members.add(
          new Member(
              name,
              List.of(launcher),
              folder.resolve(name.replace(' ', '-') + ".log"),
              _ -> command,
              () -> inSync(address)));
    }
  }

  List<Member> members() {
    return List.copyOf(members);
  }

  String bootstrapServers() {
    return ports.stream().map(port -> HOST + port).collect(Collectors.joining(","));
  }

  /** A client that gives up soon, since brokers come and go. */
  Admin admin() {
    return admin(bootstrapServers());
  }

  private static Admin admin(String bootstrapServers) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            QUICK_MS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            QUICK_MS,
            AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
            false));
  }

  /** Whether all are there and have all that they should have. */
  boolean inSync() {
    return inSync(bootstrapServers());
  }

  /** As one of them sees it. */
  private boolean inSync(String asked) {
    try (Admin admin = admin(asked)) {
      if (admin.describeCluster().nodes().get().size() < members.size()) {
        return false;
      }
      Collection<TopicDescription> topics =
          admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values();
      return topics.stream()
          .flatMap(topic -> topic.partitions().stream())
          .allMatch(partition ->
              partition.leader() != null && partition.isr().size() == partition.replicas().size());
    } catch (ExecutionException | KafkaException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until they are, but not for ever: a run goes on whatever happens. */
  boolean awaitSync(Duration patience) throws InterruptedException {
    long start = System.nanoTime();
    while (!inSync()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        return false;
      }
      Thread.sleep(200);
    }
    return true;
  }
}
