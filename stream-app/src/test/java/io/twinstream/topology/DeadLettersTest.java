package io.twinstream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.serde.UnreadableEventException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class DeadLettersTest {
  private static final String GOOD = "{\"id\": \"1\", \"source\": \"test:a\"}";

  @TempDir private Path folder;
  private TopologyHarness app;

  @BeforeEach
  void start() {
    app = new TopologyHarness(folder, TopologyHarness.settings(FetchOrder.ARRIVAL, 4, 100));
  }

  @AfterEach
  void stop() {
    app.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "NULL",
      value = {
        "default/1|{\"id\": |ends too early",
        "default/1|``|JSON",
        "default/1|[]|not a JSON object",
        "default/1|{} {}|more follows",
        "default/1|{\"source\": \"test:a\"}|\"id\" is missing",
        "default/1|{\"id\": 1, \"source\": \"test:a\"}|must be text",
        "default/1|{\"version\": 2, \"id\": \"1\"}|has version 2",
        "default/2|{\"id\": \"1\", \"source\": \"test:a\"}|key is default/2 but its value is of"
            + " default/1",
        "other/1|{\"id\": \"1\", \"source\": \"test:a\"}|key is other/1 but its value is of"
            + " default/1",
        "no-slash|{\"id\": \"1\"}|collection/id",
        "NULL|{\"id\": \"1\"}|has no key",
        "NULL|NULL|has no key"
      })
  void whatCannotBeReadIsADeadLetterThatSaysWhyAndWhere(String key, String value, String why) {
    app.raw(bytes("default/1"), bytes(GOOD), new RecordHeaders());
    app.raw(bytes(key), bytes(value), new RecordHeaders().add("mine", new byte[] {7}));

    TestRecord<byte[], byte[]> letter = onlyDeadLetter();
    assertThat(letter.key()).isEqualTo(bytes(key));
    assertThat(letter.value()).isEqualTo(bytes(value));
    assertThat(letter.timestamp()).isEqualTo(TopologyHarness.FIRST_EVENT_TIME + 1);
    assertThat(header(letter, DeadLetter.EXCEPTION))
        .isEqualTo(UnreadableEventException.class.getName());
    assertThat(header(letter, DeadLetter.MESSAGE)).contains(why);
    assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo("image-metadata");
    assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
    assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("1");
    assertThat(letter.headers().lastHeader("mine").value()).containsExactly(7);
    assertThat(letter.headers().lastHeader(DeadLetter.ORIGINAL_LENGTH)).isNull();
  }

  @Test
  void whatComesBeforeAndAfterADeadLetterIsJudged() {
    app.event("1", "a");
    app.raw(bytes("junk"), bytes("junk"), new RecordHeaders());
    app.event("2", "b");
    app.tick();
    app.loads.fetch("a").brings("0000000000000000");
    app.loads.fetch("b").brings("ffffffffffffffff");
    app.tick();

    assertThat(app.verdicts())
        .extracting(verdict -> verdict.event().offset())
        .containsExactlyInAnyOrder(0L, 2L);
    assertThat(app.records("image-dead-letters")).hasSize(1);
  }

  @Test
  void aHugeValueIsCutAndItsLengthIsTold() {
    byte[] huge = new byte[900_000];
    Arrays.fill(huge, (byte) ' ');

    app.raw(bytes("default/1"), huge, new RecordHeaders());

    TestRecord<byte[], byte[]> letter = onlyDeadLetter();
    assertThat(letter.value()).isEqualTo(Arrays.copyOf(huge, DeadLetter.MAX_VALUE_BYTES));
    assertThat(header(letter, DeadLetter.ORIGINAL_LENGTH)).isEqualTo("900000");
    assertThat(header(letter, DeadLetter.MESSAGE)).contains("900,000 bytes");
  }

  @Test
  void aHugeKeyIsCutToo() {
    app.raw(bytes("k".repeat(900_000)), bytes(GOOD), new RecordHeaders());

    TestRecord<byte[], byte[]> letter = onlyDeadLetter();
    assertThat(letter.key()).hasSize(DeadLetter.MAX_VALUE_BYTES);
    assertThat(size(letter)).isLessThan(100_000);
  }

  @Test
  void hugeHeadersAreADeadLetterWithoutThem() {
    Headers huge = new RecordHeaders().add("mine", new byte[900_000]);

    app.raw(bytes("default/1"), bytes(GOOD), huge);

    TestRecord<byte[], byte[]> letter = onlyDeadLetter();
    assertThat(header(letter, DeadLetter.MESSAGE)).contains("headers have 900,004 bytes");
    assertThat(header(letter, DeadLetter.HEADERS_LEFT_OUT)).isEqualTo("900004");
    assertThat(letter.headers().lastHeader("mine")).isNull();
    assertThat(letter.value()).isEqualTo(bytes(GOOD));
  }

  @Test
  void headersOfTheLargestSizeAreCarriedToTheVerdict() {
    String name = "n".repeat(ImageMetadata.MAX_HEADER_BYTES - 4);
    app.event("default", "1", "a", new RecordHeaders().add(name, new byte[] {1, 2, 3, 4}));
    app.tick();
    app.loads.fetch("a").brings("0000000000000000");
    app.tick();

    assertThat(app.records("image-dead-letters")).isEmpty();
    assertThat(app.records("unique").getFirst().headers().lastHeader(name).value())
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void aLongSourceOrManyAttributesAreStillAnEventOrADeadLetterAndNothingElse() {
    String tooLong = "{\"id\": \"1\", \"source\": \"%s\"}".formatted("x".repeat(8193));

    app.raw(bytes("default/1"), bytes(tooLong), new RecordHeaders());

    assertThat(header(onlyDeadLetter(), DeadLetter.MESSAGE)).contains("8,193");
    assertThat(app.verdicts()).extracting(Verdict::event).isEmpty();
  }

  private TestRecord<byte[], byte[]> onlyDeadLetter() {
    List<TestRecord<byte[], byte[]>> letters = app.records("image-dead-letters");
    assertThat(letters).hasSize(1);
    return letters.getFirst();
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private static int size(TestRecord<byte[], byte[]> letter) {
    int size = letter.key().length + letter.value().length;
    for (Header header : letter.headers()) {
      size += header.key().length() + header.value().length;
    }
    return size;
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
