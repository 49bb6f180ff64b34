package io.twinstream.standalone;

import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.TopicDriftException;
import io.twinstream.schema.topic.TopicProvisioner;
import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.Cluster;
import io.twinstream.standalone.service.ServiceLog;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream topics}. */
@Command(
    name = "topics",
    description = {
      "Creates the topics on a Kafka cluster, and checks those that are there.",
      "Run again it changes nothing. What differs from the definitions is named and refused:"
          + " partition counts are part of the contract, since keys are placed by them."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all topics are there as they have to be",
      "1:the cluster does not answer in time, or refuses",
      "2:wrong options, or a topic is there and different"
    })
final class TopicsCommand implements Callable<Integer> {
  private static final int BROKERS_DEFAULT = -1;

  @Spec private CommandSpec spec;

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "6",
      description =
          "Of the topics that are partitioned by image, which bounds how many tasks fetch."
              + " Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--match-partitions",
      paramLabel = "N",
      defaultValue = "6",
      description =
          "Of the topics that are partitioned by collection, which bounds how many tasks match."
              + " Default: ${DEFAULT-VALUE}.")
  private int matchPartitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      defaultValue = "" + BROKERS_DEFAULT,
      description =
          "Copies of each partition; -1 takes the broker's default, which is the default.")
  private short replication;

  @Option(
      names = "--retention-days",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "How long events and verdicts are kept; -1: for ever. Default: ${DEFAULT-VALUE}.")
  private int retentionDays;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    if (partitions < 1 || matchPartitions < 1) {
      throw new RefusedException("a topic has 1 partition or more");
    }
    if (replication < 1 && replication != BROKERS_DEFAULT) {
      throw new RefusedException(
          "--replication is 1 or more copies, or %d, not %d"
              .formatted(BROKERS_DEFAULT, replication));
    }
    Duration retention = retentionDays < 0 ? Topics.FOR_EVER : Duration.ofDays(retentionDays);
    List<TopicDefinition> definitions =
        cluster.topics().definitions(partitions, matchPartitions, retention);
    CountDownLatch stop = new CountDownLatch(1);
    Cluster target = cluster.cluster();
    Optional<Boolean> done =
        Interruption.stopping(
            stop::countDown,
            () -> target.ask("a cluster", admin -> provision(admin, definitions), stop));
    if (done.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println("The topics are there:");
    definitions.forEach(topic ->
        out.printf(
            "  %-32s %3d partition%s  %s%n",
            topic.name(),
            topic.partitions(),
            topic.partitions() == 1 ? " " : "s",
            topic.configs().get("cleanup.policy")));
    return ExitCode.OK;
  }

  private Optional<Boolean> provision(Admin admin, List<TopicDefinition> definitions) {
    try {
      new TopicProvisioner(admin, replication).provision(definitions);
      return Optional.of(true);
    } catch (TopicDriftException e) {
      throw new RefusedException(e.getMessage());
    }
  }
}
