package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.ingest.csv.CsvSourceConnector;
import io.twinstream.ingest.folder.FolderSourceConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Reference pages are made from the code; {@code .ci/docs} writes them anew. */
class ReferenceTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));

  @Test
  void thePageOfCommandsIsWhatTheCommandsSay() throws IOException {
    CommandLine main = Main.commandLine();
    String commands =
        Stream.of("scan", "sample")
            .map(name -> usage("twinstream " + name, main.getSubcommands().get(name)))
            .collect(
                Collectors.joining("\n", "# Commands\n\n" + usage("twinstream", main) + "\n", ""));

    hold("commands.md", commands);
  }

  @Test
  void thePageOfConnectorsIsWhatTheirConfigurationSays() throws IOException {
    String connectors =
        """
        # Connectors

        Source connectors for Kafka Connect. Keys and values are bytes: set both converters to
        `org.apache.kafka.connect.converters.ByteArrayConverter`. [connect.md](connect.md) says how to
        install and run them in a Connect cluster.
        """
            + settings(new FolderSourceConnector())
            + settings(new CsvSourceConnector());

    hold("connectors.md", connectors);
  }

  private static void hold(String page, String content) throws IOException {
    Path file = DOCS.resolve(page);
    if (APPLY) {
      Files.writeString(file, content);
    }
    assertThat(file)
        .as("docs/%s is made from the code; .ci/docs writes it anew", page)
        .hasContent(content);
  }

  private static String usage(String name, CommandLine command) {
    String text =
        command
            .setUsageHelpWidth(100)
            .getUsageMessage(CommandLine.Help.Ansi.OFF)
            .lines()
            .map(String::stripTrailing)
            .collect(Collectors.joining("\n"));
    return "## %s\n\n```\n%s\n```\n".formatted(name, text);
  }

  private static String settings(SourceConnector connector) {
    return connector.config().configKeys().values().stream()
        .filter(key -> !key.internalConfig)
        .sorted((one, other) -> one.name.compareTo(other.name))
        .map(ReferenceTest::row)
        .collect(
            Collectors.joining(
                "\n",
                "\n## %s\n\n| setting | type | default | meaning |\n|---|---|---|---|\n"
                    .formatted(connector.getClass().getName()),
                "\n"));
  }

  private static String row(ConfigKey key) {
    String absent = key.hasDefault() ? "`%s`".formatted(key.defaultValue) : "required";
    return "| `%s` | %s | %s | %s |"
        .formatted(
            key.name,
            key.type.name().toLowerCase(Locale.ROOT),
            absent.equals("``") ? "" : absent,
            key.documentation.replace("|", "\\|").replace("\n", " "));
  }
}
