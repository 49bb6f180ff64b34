package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;

/** Whoever makes topics by Kafka's own tool gets those that {@code twinstream topics} makes. */
class TopicCommandsTest {
  private static final Pattern CREATE =
      Pattern.compile(
          "--create --topic (\\S+) \\\\\n +--partitions (\\d+)((?:[ \\\\\n]+--config \\S+)*)");
  private static final Pattern CONFIG = Pattern.compile("--config ([^= ]+)=(\\S+)");

  @Test
  void thePageMakesTheTopicsOfConnectorsAsTheCommandDoes() throws IOException {
    List<TopicDefinition> commands =
        CREATE
            .matcher(Files.readString(Path.of("..", "docs", "connect.md")))
            .results()
            .map(TopicCommandsTest::definition)
            .toList();

    Topics topics = new Topics("");
    List<String> ofConnectors =
        List.of(topics.imageMetadata(), topics.deadLetters(), topics.sourceProgress());
    CommandSpec command = Main.commandLine().getSubcommands().get("topics").getCommandSpec();
    assertThat(commands)
        .containsExactlyElementsOf(
            topics
                .definitions(
                    number(command, "--partitions"),
                    number(command, "--match-partitions"),
                    Duration.ofDays(number(command, "--retention-days")))
                .stream()
                .filter(topic -> ofConnectors.contains(topic.name()))
                .toList());
  }

  private static TopicDefinition definition(MatchResult command) {
    Map<String, String> configs =
        CONFIG
            .matcher(command.group(3))
            .results()
            .collect(Collectors.toMap(config -> config.group(1), config -> config.group(2)));
    return new TopicDefinition(command.group(1), Integer.parseInt(command.group(2)), configs);
  }

  private static int number(CommandSpec command, String option) {
    return Integer.parseInt(command.findOption(option).defaultValue());
  }
}
