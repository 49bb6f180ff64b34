package io.twinstream.standalone;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.BrokerNode;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.engine.FreePorts;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.ServiceLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinstream broker}. */
@Command(
    name = "broker",
    description = {
      "Runs Apache Kafka's own server until it is stopped, to try the services where there is no"
          + " cluster: one node, or several that know of each other.",
      "It listens on the loopback address only, and nobody has to log in. For production, run"
          + " Kafka as its makers say."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:it could not start or go on: the directory or a port is in use, or the disk is full, say",
      "2:wrong options",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footer = {
      "",
      "Example:",
      "  twinstream broker --data kafka &",
      "  twinstream topics && twinstream stream --allow-private"
    })
final class BrokerCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "twinstream-kafka",
      description = "Where it keeps its log. Default: ./${DEFAULT-VALUE}.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "Where clients find it. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--controllers",
      paramLabel = "PORT[,PORT…]",
      split = ",",
      description =
          "Of several nodes: the ports at which they talk with each other, the same list for"
              + " each. With three or more, each partition is there three times, and one node may"
              + " be lost.")
  private List<Integer> controllers = List.of();

  @Option(
      names = "--node",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of several nodes: which one this is. Default: ${DEFAULT-VALUE}.")
  private int node;

  private final CompletableFuture<String> stopped = new CompletableFuture<>();

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    BrokerNode self = self();
    Path directory = data.toAbsolutePath().normalize();
    return Interruption.stopping(
        () -> stopped.complete(""),
        () -> {
          try (EmbeddedBroker broker = start(directory, self)) {
            LoggerFactory.getLogger(BrokerCommand.class)
                .info("Kafka is at {}", broker.bootstrapServers());
            return run(broker);
          }
        });
  }

  private BrokerNode self() {
    List<Integer> ports = new ArrayList<>(controllers);
    ports.add(port);
    if (ports.stream().anyMatch(one -> one < 1 || one > MAX_PORT)) {
      throw new RefusedException("a port is 1 to " + MAX_PORT);
    }
    try {
      return new BrokerNode(node, port, controllers.isEmpty() ? FreePorts.some(1) : controllers);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--node and --controllers: " + e.getMessage());
    }
  }

  private static EmbeddedBroker start(Path log, BrokerNode node) {
    try {
      return EmbeddedBroker.start(log, node);
    } catch (RuntimeException e) {
      throw new BrokenException("Kafka does not start: " + e.getMessage(), e);
    }
  }

  private int run(EmbeddedBroker broker) {
    String why = (String) CompletableFuture.anyOf(stopped, broker.failed()).join();
    if (!stopped.isDone()) {
      throw new BrokenException("Kafka ended: " + why);
    }
    return ExitCode.INTERRUPTED;
  }
}
