package io.twinstream.standalone;

import io.twinstream.standalone.service.ConnectWorker;
import io.twinstream.standalone.service.ConnectorConfig;
import io.twinstream.standalone.service.ServiceLog;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream submit}. */
@Command(
    name = "submit",
    description = {
      "Gives a connector's configuration to a Kafka Connect worker, which checks it first, and"
          + " waits until the connector runs.",
      "Run again with a changed file it changes the connector. One that has failed or was stopped"
          + " is started again; one that runs with these settings is left alone."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the connector runs",
      "1:the worker does not answer, or the connector failed",
      "2:the configuration is wrong; what is said of each setting"
    })
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description = "JSON: the settings, with the connector's name as \"name\".")
  private Path file;

  @Option(
      names = "--connect",
      paramLabel = "URL",
      defaultValue = "${env:TWINSTREAM_CONNECT:-http://localhost:8083}",
      description =
          "The REST address of a worker. Default: http://localhost:8083, or TWINSTREAM_CONNECT.")
  private URI worker;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "How long the worker may take to come up. Default: ${DEFAULT-VALUE}.")
  private int patience;

  @Override
  public Integer call() {
    ServiceLog.toTerminal();
    ConnectWorker connect = new ConnectWorker(worker, Duration.ofSeconds(patience));
    ConnectorConfig config = ConnectorConfig.read(file);
    int tasks = connect.run(config);
    spec.commandLine()
        .getOut()
        .printf("%s runs with %d task%s%n", config.name(), tasks, tasks == 1 ? "" : "s");
    return ExitCode.OK;
  }
}
