package io.twinstream.standalone;

import static java.util.stream.Collectors.joining;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.RetryPolicy;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.Thumbnail;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.topic.TopicDefinition;
import io.twinstream.schema.topic.Topics;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the page of events says of topics, fields and headers is what the code has. Tables between
 * markers are made from it; {@code .ci/docs} writes them anew.
 */
class EventsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "events.md");
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));
  private static final Pattern MADE =
      Pattern.compile("<!-- made: (\\S+) -->\n(.*?)<!-- end -->\n", Pattern.DOTALL);
  private static final Pattern HEADER =
      Pattern.compile("^\\| `((?:__streams|twinstream)\\.[^`]+)` \\|", Pattern.MULTILINE);

  private FieldTables fields;

  @BeforeEach
  void load() throws IOException {
    fields = FieldTables.load();
  }

  @Test
  void tablesOfFieldsAndTopicsAreWhatTheCodeHas() throws IOException {
    String page = Files.readString(PAGE);
    String made =
        MADE.matcher(page)
            .replaceAll(match ->
                "<!-- made: %s -->\n%s<!-- end -->\n"
                    .formatted(match.group(1), table(match.group(1)))
                    .replace("\\", "\\\\")
                    .replace("$", "\\$"));
    if (APPLY) {
      Files.writeString(PAGE, made);
    }
    assertThat(PAGE)
        .as("tables of docs/events.md are made from the code; .ci/docs writes them anew")
        .hasContent(made);
  }

  @Test
  void everyObjectOfTheSchemasHasItsTable() throws IOException {
    List<String> made =
        MADE.matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult it) -> it.group(1))
            .toList();

    assertThat(made)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of("topics"), fields.names().stream()).toList());
  }

  @Test
  void everyTopicIsDescribedAndNoOther() throws IOException {
    String page = Files.readString(PAGE);
    String overview = page.substring(0, page.indexOf("<!-- made: topics -->"));

    assertThat(
            Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE)
                .matcher(overview)
                .results()
                .map(match -> match.group(1)))
        .containsExactlyInAnyOrderElementsOf(topics().map(TopicDefinition::name).toList());
  }

  @Test
  void everyHeaderIsDescribedAndNoOther() throws IOException {
    List<String> rows =
        HEADER.matcher(Files.readString(PAGE)).results().map(match -> match.group(1)).toList();

    assertThat(new TreeSet<>(rows))
        .containsExactlyElementsOf(
            Stream.of(DeadLetter.class, SourceHeaders.class, Thumbnail.class)
                .flatMap(EventsPageTest::texts)
                .sorted()
                .toList());
  }

  @Test
  void limitsAreThoseOfTheCode() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains(
            String.format(Locale.ROOT, "| key | %,d bytes |", ImageKey.MAX_BYTES),
            String.format(Locale.ROOT, "| value | %,d bytes |", EventCodec.MAX_BYTES),
            String.format(
                Locale.ROOT, "| source | %,d characters |", ImageMetadata.MAX_SOURCE_LENGTH),
            String.format(
                Locale.ROOT,
                "| attributes | %,d bytes of JSON without white space, %d levels |",
                Attributes.MAX_BYTES,
                Attributes.MAX_DEPTH),
            "| thumbnail | %,d bytes".formatted(Thumbnail.MAX_BYTES),
            "| matches in a verdict | %d |".formatted(Verdict.DuplicateFound.MAX_MATCHES),
            String.format(Locale.ROOT, "| verdict | %,d bytes, ", EventCodec.MAX_BYTES),
            String.format(Locale.ROOT, "| headers | %,d bytes, ", ImageMetadata.MAX_HEADER_BYTES),
            "is tried %s times with growing".formatted(RetryPolicy.DEFAULT.tries()),
            "(`quality` below %s) match only".formatted(Fingerprint.MIN_QUALITY),
            String.format(Locale.ROOT, "each cut after %,d bytes", DeadLetter.MAX_VALUE_BYTES));
  }

  private static Stream<String> texts(Class<?> names) {
    return Stream.of(names.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == String.class)
        .map(EventsPageTest::text);
  }

  private static String text(Field field) {
    try {
      return (String) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError("a public constant can't be read", e);
    }
  }

  private String table(String name) {
    return name.equals("topics") ? topicTable() : fields.of(name);
  }

  private static Stream<TopicDefinition> topics() {
    Topics topics = new Topics("");
    return Stream.concat(
        topics.definitions(1, 1, Topics.DEFAULT_RETENTION).stream(),
        Stream.of(topics.replayRunsDefinition()));
  }

  private static String topicTable() {
    return topics()
        .map(EventsPageTest::topicRow)
        .collect(
            joining(
                "\n", "| topic | cleanup | kept | time of a record |\n|---|---|---|---|\n", "\n"));
  }

  private static String topicRow(TopicDefinition topic) {
    String cleanup = topic.configs().get(CLEANUP_POLICY_CONFIG);
    String kept =
        cleanup.equals(CLEANUP_POLICY_COMPACT)
            ? "the last of each key; older ones can stay for %d days"
                .formatted(days(topic, MAX_COMPACTION_LAG_MS_CONFIG))
            : "%d days".formatted(days(topic, RETENTION_MS_CONFIG));
    String time =
        topic.configs().getOrDefault(MESSAGE_TIMESTAMP_TYPE_CONFIG, "").equals("LogAppendTime")
            ? "when it was written"
            : "its sender's, by Kafka's default";
    return "| `%s` | %s | %s | %s |".formatted(topic.name(), cleanup, kept, time);
  }

  private static long days(TopicDefinition topic, String config) {
    return Duration.ofMillis(Long.parseLong(topic.configs().get(config))).toDays();
  }
}
