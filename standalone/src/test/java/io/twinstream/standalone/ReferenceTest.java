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

  private static final String CONNECTORS =
      """
      # Connectors

      Source connectors for Kafka Connect, for Java 21 and newer. Keys and values are bytes: set both
      converters to `org.apache.kafka.connect.converters.ByteArrayConverter`. [connect.md](connect.md) says how to
      install and run them in a Connect cluster.

      ## What they promise

      - **Nothing is lost, and with an exactly-once worker nothing is told twice.** That takes a
        distributed worker with `exactly.once.source.support=enabled`. Other workers publish at least
        once: after a kill some images come again, which the matcher recognises.
      - **A restart goes on where it was.** Of a folder each published file is remembered with its size
        and time, of a CSV file how far it was told. A CSV file whose beginning has changed is told
        again from its first row.
      - **Stopping is prompt.** Sources are read on a thread of their own, so a file system that hangs
        holds up neither `poll` nor `stop`. What was found but not published is found again.
      - **Bad rows and files stop nothing.** They go to `image-dead-letters` with their place and the
        reason in headers, rows of a CSV file with the line at which they begin, too.

      ## Tasks

      The folder connector divides its files among `tasks.max` tasks, 16 at most, by a hash of their
      path below the folder. Each task walks through all of the folder and publishes its share. Since
      each file is remembered by itself, another `tasks.max` publishes nothing again. Images come in
      the order of their names only with one task; which of several copies is the original depends on
      that order. `image-source-progress` then has a record for each share.

      The CSV connector has one task whatever `tasks.max` says: how far a file was told is one place,
      and its rows keep their order.

      ## Errors

      Connect's own settings apply, with another default:

      | setting | meaning |
      |---|---|
      | `errors.tolerance` | `all`, or absent: what can't become an event becomes a dead letter. (For other connectors absent means `none`; here nothing is lost by going on.) `none`: the task fails at the first, and its message names source, place and reason. |
      | `errors.log.enable` | `true`: each one is logged with source, place and reason. |
      | `errors.log.include.messages` | `true`: what it holds is logged, too. |

      ## Files that change

      A row, file or folder that vanishes while it is looked at is skipped. A CSV file may grow while it
      is read, and be replaced. With a `rescan.interval.ms` a last row without a newline is left for the
      next pass, and told when the file has not grown since. Without one it is told as it is. If it turns
      out longer in a later pass, or after a restart, it is told again, and only it: its id, unless a
      column has ids, is the same. A quote that is still open at the end of the file counts as such a
      last row. While it is open it holds back all rows behind it, until the quote closes, the file stops
      growing, or `max.row.bytes` have come: then its line becomes a dead letter, and the rows behind it
      are told. A file that looks as it did at the two passes before, by size, time and identity, is not
      read again. One that is away or empty while it is being replaced is waited for. The interval is
      measured by a clock that never jumps.

      ## Offsets

      Offsets can be read, altered and removed over Connect's REST interface while the connector is
      stopped. This makes the next run publish `cats/1.jpg` again, and all of the list from its start:

      ```
      PUT /connectors/photos/stop
      PATCH /connectors/photos/offsets
      {"offsets": [{"partition": {"source": "photos", "path": "cats/1.jpg"}, "offset": null}]}

      PUT /connectors/list/stop
      PATCH /connectors/list/offsets
      {"offsets": [{"partition": {"source": "list"}, "offset": null}]}
      ```

      | partition | offset |
      |---|---|
      | `source`, `path`: a file | `size` in bytes and `modified` in milliseconds since 1970; or `refused`, why it is a dead letter |
      | `source`, and `task` if several share it: a folder | `published`, for people only |
      | `source`: a CSV file | `row`, `bytes`, `crc` (CRC-32C of so many bytes), `published`, `unreadable`; if the last rows may still change, the same with `firm.` before it, of the place before them |

      An offset is refused if it has other keys, or if its `source` is not the connector's `source.name`.
      Removed may be any, also what a connector of another class has left under the same name.

      Workers keep all offsets of a cluster in memory, which with this connector takes about 2.1 KB a
      file: 1 GB of heap is enough for some 400,000 files.

      ## Speed

      Each batch is a transaction. These settings of the connector make publishing of large folders
      nearly twice as fast, if the worker allows overrides:
      `batch.size=5000`, `producer.override.batch.size=131072`, `producer.override.compression.type=lz4`.
      [Measured figures](../benchmarks/README.md).
      """;

  @Test
  void thePageOfCommandsIsWhatTheCommandsSay() throws IOException {
    CommandLine main = Main.commandLine();
    String commands =
        leaves(main)
            .map(command -> usage(command.getCommandSpec().qualifiedName(), command))
            .collect(
                Collectors.joining("\n", "# Commands\n\n" + usage("twinstream", main) + "\n", ""));

    hold("commands.md", commands);
  }

  /** The commands that do something, but for help. */
  private static Stream<CommandLine> leaves(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return Stream.of(command);
    }
    return command.getSubcommands().values().stream()
        .filter(sub -> !sub.getCommandName().equals("help"))
        .flatMap(ReferenceTest::leaves);
  }

  @Test
  void thePageOfConnectorsIsWhatTheirConfigurationSays() throws IOException {
    String connectors =
        CONNECTORS + settings(new FolderSourceConnector()) + settings(new CsvSourceConnector());

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
