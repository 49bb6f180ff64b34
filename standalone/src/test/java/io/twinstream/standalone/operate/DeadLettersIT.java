package io.twinstream.standalone.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.SourceHeaders;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.CommandRun;
import io.twinstream.standalone.engine.StoppedException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters that the app writes, looked at and sent once more, over a real broker. */
@Timeout(180)
class DeadLettersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EVENTS = OperatedCluster.TOPICS.imageMetadata();
  private static final byte[] BINARY = {(byte) 0xFF, (byte) 0xD8, 0, 27, '['};
  private static final byte[] HUGE =
      "{\"a\":\"%s\"}".formatted("x".repeat(600_000)).getBytes(UTF_8);

  /** Each with another reason; by their names. */
  private static final List<ProducerRecord<byte[], byte[]>> BAD =
      List.of(
          bad("malformed", "default/malformed", "{\"id\": "),
          bad("no-object", "default/no-object", "[]"),
          bad("wrong-type", "default/wrong-type", "{\"id\": 1, \"source\": \"http://a/b\"}"),
          bad("missing", "default/missing", "{\"source\": \"http://a/b\"}"),
          bad("version", "default/version", "{\"version\": 9, \"id\": \"version\"}"),
          bad("other", "default/other", "{\"id\": \"not other\", \"source\": \"http://a/b\"}"),
          bad("no-slash", "no-slash", "{\"id\": \"no-slash\", \"source\": \"http://a/b\"}"),
          bad("null-key", null, "{\"id\": \"null-key\", \"source\": \"http://a/b\"}"),
          bad("nothing", null, null),
          bad("empty", "default/empty", ""),
          new ProducerRecord<>(EVENTS, 1, bytes("default/binary"), BINARY, named("binary")),
          new ProducerRecord<>(EVENTS, 1, bytes("default/huge"), HUGE, named("huge")),
          new ProducerRecord<>(
              EVENTS,
              1,
              bytes("default/heavy"),
              bytes("{\"id\": \"heavy\", \"source\": \"http://a/b\"}"),
              named("heavy").add("mine", new byte[20_000])));

  @TempDir private Path folder;
  private OperatedCluster cluster;

  private static ProducerRecord<byte[], byte[]> bad(String name, String key, String value) {
    return new ProducerRecord<>(EVENTS, 1, bytes(key), bytes(value), named(name));
  }

  private static Headers named(String name) {
    return new RecordHeaders().add("name", bytes(name));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }

  @BeforeEach
  void start() {
    cluster = new OperatedCluster(folder);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void appReadsWhatIsBad() {
    BAD.forEach(cluster::send);
    cluster.startApp(1);
    await().atMost(PATIENCE).until(() -> cluster.deadLetters().size() == BAD.size());
    cluster.stopApp();
  }

  @Test
  void eachIsListedWithItsReasonTheNewestLast() throws Exception {
    appReadsWhatIsBad();

    JsonNode listing = json("dead-letters", "list", "--json");

    assertThat(listing.path("total").asInt()).isEqualTo(BAD.size());
    assertThat(listing.path("letters").findValuesAsText("reason"))
        .hasSize(BAD.size())
        .anyMatch(it -> it.contains("ends too early"))
        .anyMatch(it -> it.contains("not a JSON object"))
        .anyMatch(it -> it.contains("must be text"))
        .anyMatch(it -> it.contains("\"id\" is missing"))
        .anyMatch(it -> it.contains("has version 9"))
        .anyMatch(it -> it.contains("but its value is of default/not other"))
        .anyMatch(it -> it.contains("has no key"))
        .anyMatch(it -> it.contains("bytes, at most 524,288"))
        .anyMatch(it -> it.contains("the headers have"));
    assertThat(listing.path("letters").findValuesAsText("writtenAt"))
        .extracting(Instant::parse)
        .isSorted();
    assertThat(listing.path("letters").findValuesAsText("originalBytes"))
        .contains(Integer.toString(HUGE.length));
    assertThat(listing.path("reasons").findValuesAsText("reason"))
        .anyMatch(it -> it.contains("has version #"));
    assertThat(listing.at("/reasons/0/letters").asInt()).isEqualTo(2);

    assertThat(cluster.run("dead-letters", "list", "--limit", "3").out())
        .contains("The newest 3 of 13", "has no key", "image-metadata-1@");
    assertThat(
            json("dead-letters", "list", "--json", "--reason", "VERSION 9").path("total").asInt())
        .isOne();
    assertThat(
            json("dead-letters", "list", "--json", "--reason", "UnreadableEvent")
                .path("total")
                .asInt())
        .isEqualTo(BAD.size());
    assertThat(cluster.run("dead-letters", "list", "--since", "2999-01-01T00:00:00Z").out())
        .contains("No dead letters");
    assertThat(cluster.run("dead-letters", "list", "--limit", "-1").code()).isEqualTo(2);
  }

  @Test
  void oneIsShownWithAllThatItSaysWhateverItsBytes() {
    appReadsWhatIsBad();

    assertThat(show("binary"))
        .contains(
            "reason     the value at",
            "came from  image-metadata-1@10",
            "name: binary",
            "default/binary",
            "body, 5 bytes",
            "\\xff\\xd8\\u{0}\\u{1b}[");
    assertThat(show("huge")).contains("body, 16,384 of 600,008 bytes");
    assertThat(show("nothing")).contains("no key", "no body");
    assertThat(rawBody("binary")).isEqualTo(BINARY);
    assertThat(rawBody("huge")).isEqualTo(Arrays.copyOf(HUGE, DeadLetter.MAX_VALUE_BYTES));
    for (String place : List.of("0@99", "7@0", "17@99999")) {
      CommandRun missing = cluster.run("dead-letters", "show", place);
      assertThat(missing.code()).as(place).isEqualTo(2);
      assertThat(missing.err()).contains("no dead letter " + place);
    }
    assertThat(cluster.run("dead-letters", "show", "first").err()).contains("PARTITION@OFFSET");
  }

  private String show(String name) {
    CommandRun run = cluster.run("dead-letters", "show", place(letter(name)));
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private byte[] rawBody(String name) {
    PrintStream before = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    try {
      cluster.run("dead-letters", "show", place(letter(name)), "--raw");
    } finally {
      System.setOut(before);
    }
    return written.toByteArray();
  }

  @Test
  void whatCanNotBeReadIsSentOnlyIfThatIsWantedAndThenAsItCameAndOnce() {
    appReadsWhatIsBad();

    String left = cluster.run("dead-letters", "retry").out();
    assertThat(left)
        .contains("0 dead letters sent", "2 left alone: cut", "11 left alone: this version");
    assertThat(cluster.events()).hasSize(BAD.size());

    assertThat(cluster.run("dead-letters", "retry", "--unreadable-too", "--dry-run").out())
        .contains("11 dead letters would be sent");
    assertThat(cluster.events()).hasSize(BAD.size());

    assertThat(cluster.run("dead-letters", "retry", "--unreadable-too").out())
        .contains("11 dead letters sent once more");
    assertThat(cluster.run("dead-letters", "retry", "--unreadable-too").out())
        .contains("0 dead letters sent", "11 left alone: sent once more before");
    List<ConsumerRecord<byte[], byte[]>> again =
        cluster.events().subList(BAD.size(), 2 * BAD.size() - 2);
    for (ConsumerRecord<byte[], byte[]> event : again) {
      ProducerRecord<byte[], byte[]> first =
          BAD.stream()
              .filter(it -> name(it.headers()).equals(name(event.headers())))
              .findAny()
              .get();
      assertThat(event.partition()).isEqualTo(first.partition());
      assertThat(event.key()).isEqualTo(first.key());
      assertThat(event.value()).isEqualTo(first.value());
      assertThat(event.headers())
          .extracting(Header::key)
          .containsExactly("name", SourceHeaders.DEAD_LETTER);
      assertThat(header(event.headers(), SourceHeaders.DEAD_LETTER))
          .isEqualTo("image-dead-letters-" + place(letter(name(event.headers()))));
    }

    cluster.startApp(1);
    await().atMost(PATIENCE).until(() -> cluster.deadLetters().size() == 2 * BAD.size() - 2);
    cluster.stopApp();
    assertThat(cluster.run("dead-letters", "retry", "--unreadable-too", "--dry-run").out())
        .contains("11 dead letters would be sent", "11 left alone: sent once more before");
  }

  @Test
  void whatAnAppOfToDayCanReadIsJudgedUnlessItsImageHasANewerEvent() throws Exception {
    try (PolledServer server = new PolledServer(Duration.ZERO)) {
      List<String> ids = List.of("1", "2", "3", "4");
      for (String id : ids) {
        oldLetter(id, server.url(id + ".jpg"));
      }
      // A connector's, one of another topic, and one that says nothing of itself.
      cluster.send(letterOf(null, "row;of;text", "source", "sheet"));
      cluster.send(letterOf("default/5", "{}", DeadLetter.TOPIC, "elsewhere"));
      cluster.send(letterOf(null, null, "mine", "?"));
      cluster.event("2", server.url("20.jpg"));
      cluster.removal("3");

      assertThat(cluster.run("dead-letters", "retry", place(letter("4"))).out())
          .contains("1 dead letter sent once more");
      assertThat(cluster.run("dead-letters", "retry").out())
          .contains(
              "1 dead letter sent once more",
              "2 left alone: the image has a newer event",
              "1 left alone: sent once more before",
              "3 left alone: no event");
      CommandRun missing = cluster.run("dead-letters", "retry", place(letter("1")), "2@77");
      assertThat(missing.code()).isEqualTo(2);
      assertThat(missing.err()).contains("no dead letter 2@77");

      cluster.startApp(1);
      await().atMost(PATIENCE).until(() -> cluster.verdicts().size() == 3);
      assertThat(cluster.verdicts())
          .extracting(verdict -> verdict.image().id())
          .containsExactlyInAnyOrder("1", "2", "4");
      assertThat(cluster.verdicts()).noneMatch(Verdict.DownloadFailed.class::isInstance);
    }
  }

  @Test
  void aLetterWhoseEventHasExpiredIsLeftAloneSinceANewerOneMayHaveExpiredToo() throws Exception {
    EventId expired = oldLetter("1", "http://a.example/1.jpg");
    oldLetter("1", "http://a.example/2.jpg");
    cluster.expire(expired);

    assertThat(cluster.run("dead-letters", "retry").out())
        .contains("1 dead letter sent once more", "1 left alone: too old to tell");
    assertThat(copies())
        .containsExactly("image-dead-letters-" + place(cluster.deadLetters().getLast()));
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstWasStoppedAndNothingIsSentTwice() {
    int letters = 1_200;
    for (int i = 0; i < letters; i++) {
      oldLetter("" + i, "http://a.example/%d.jpg".formatted(i));
    }
    int[] read = {0};
    // All letters, all events, and so many letters once more that one batch is sent and not two.
    int enough = 2 * letters + 700;
    KnownTopics stopping = new KnownTopics(cluster.bootstrapServers(), () -> read[0]++ >= enough);
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() ->
            new LetterRetry(stopping, OperatedCluster.TOPICS, Progress.NONE, false)
                .retry(LetterChoice.ALL));
    long first = copies().count();
    assertThat(first).isEqualTo(500);

    cluster.run("dead-letters", "retry");

    assertThat(copies()).hasSize(letters).doesNotHaveDuplicates();
  }

  private Stream<String> copies() {
    return cluster.events().stream()
        .map(event -> header(event.headers(), SourceHeaders.DEAD_LETTER))
        .filter(letter -> !letter.isEmpty());
  }

  /** Of an event that an app of another time could not read, and an app of this time can. */
  private EventId oldLetter(String id, String source) {
    EventId event =
        cluster.send(
            new ProducerRecord<>(
                EVENTS,
                null,
                bytes("default/" + id),
                bytes("{\"version\": 9, \"id\": \"%s\"}".formatted(id)),
                named(id)));
    Headers headers =
        named(id)
            .add(DeadLetter.EXCEPTION, bytes("Unreadable"))
            .add(DeadLetter.MESSAGE, bytes("a bug"))
            .add(DeadLetter.TOPIC, bytes(EVENTS))
            .add(DeadLetter.PARTITION, bytes("" + event.partition()))
            .add(DeadLetter.OFFSET, bytes("" + event.offset()));
    cluster.send(
        new ProducerRecord<>(
            OperatedCluster.TOPICS.deadLetters(),
            null,
            bytes("default/" + id),
            bytes("{\"id\": \"%s\", \"source\": \"%s\"}".formatted(id, source)),
            headers));
    return event;
  }

  private static ProducerRecord<byte[], byte[]> letterOf(
      String key, String value, String header, String said) {
    return new ProducerRecord<>(
        OperatedCluster.TOPICS.deadLetters(),
        null,
        bytes(key),
        bytes(value),
        new RecordHeaders().add(header, bytes(said)));
  }

  private ConsumerRecord<byte[], byte[]> letter(String name) {
    return cluster.deadLetters().stream()
        .filter(letter -> name(letter.headers()).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String place(ConsumerRecord<byte[], byte[]> letter) {
    return letter.partition() + "@" + letter.offset();
  }

  private static String name(Headers headers) {
    return header(headers, "name");
  }

  private static String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private JsonNode json(String... args) throws Exception {
    CommandRun run = cluster.run(args);
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }
}
