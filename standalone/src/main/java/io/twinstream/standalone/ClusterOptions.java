package io.twinstream.standalone;

import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.service.Cluster;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Which cluster, and which topics on it. */
final class ClusterOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "${env:TWINSTREAM_BOOTSTRAP:-localhost:9092}",
      description =
          "The Kafka cluster; several brokers are parted by commas. Default: localhost:9092, or"
              + " TWINSTREAM_BOOTSTRAP from the environment.")
  private String bootstrapServers;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "${env:TWINSTREAM_PREFIX:-}",
      description =
          "What stands before the name of every topic. Default: nothing, or TWINSTREAM_PREFIX.")
  private String prefix;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long the cluster and its topics may take to come up. Default: ${DEFAULT-VALUE}.")
  private int patience;

  Cluster cluster() {
    return new Cluster(bootstrapServers, Duration.ofSeconds(patience));
  }

  /** Where the cluster is, once it answers. */
  String reached() {
    cluster().await();
    return bootstrapServers;
  }

  /** What another command has to be given, too, to work with the same. */
  String again() {
    return " --bootstrap " + bootstrapServers + (prefix.isEmpty() ? "" : " --prefix " + prefix);
  }

  Topics topics() {
    return new Topics(prefix);
  }
}
