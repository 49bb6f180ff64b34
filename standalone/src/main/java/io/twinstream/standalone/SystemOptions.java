package io.twinstream.standalone;

import io.twinstream.schema.topic.Topics;
import io.twinstream.standalone.engine.DataDirectory;
import io.twinstream.standalone.engine.EmbeddedBroker;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.ServiceLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whose topics: those of a cluster, or of a scan's data directory. */
final class SystemOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "The data directory of a scan that is not running, instead of a cluster: what the scan"
              + " was told with --data, or .data in its output folder.")
  private Path data;

  @Mixin private ClusterOptions cluster;

  /** Logs to the terminal, unless that would be the log of a broker. */
  void log() {
    if (data == null) {
      ServiceLog.toTerminal();
    }
  }

  /**
   * What another command has to be given, too, to work with the same; empty or with a space before.
   */
  String again() {
    return data != null ? " --data " + data : cluster.again();
  }

  Topics topics() {
    return data == null ? cluster.topics() : new Topics("");
  }

  /** What works with a cluster or with a data directory. */
  @FunctionalInterface
  interface Work<T> {
    /**
     * Does it.
     *
     * @param bootstrap the servers, which are waited for when they are asked for
     * @param data the directory, if it is one
     */
    T at(Supplier<String> bootstrap, Optional<DataDirectory> data);
  }

  /**
   * Works with a cluster.
   *
   * @param work is handed the bootstrap servers, which are waited for when they are asked for
   */
  <T> T at(Function<Supplier<String>, T> work) {
    return at((bootstrap, _) -> work.apply(bootstrap));
  }

  /** Works with a cluster or a data directory. */
  <T> T at(Work<T> work) {
    if (data == null) {
      return work.at(cluster::reached, Optional.empty());
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--bootstrap")) {
      throw new RefusedException("name either --data or --bootstrap");
    }
    if (!Files.exists(data.resolve("kafka"))) {
      throw new RefusedException(
          "%s is no data directory of a scan, which is what was named with --data, or .data in the"
                  .formatted(data)
              + " output folder");
    }
    try (DataDirectory directory = DataDirectory.open(data);
        EmbeddedBroker broker = EmbeddedBroker.start(directory.path().resolve("kafka"))) {
      return work.at(broker::bootstrapServers, Optional.of(directory));
    }
  }
}
