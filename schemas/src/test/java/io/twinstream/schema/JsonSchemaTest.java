package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.UnreadableEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records and their JSON Schemas say the same. */
class JsonSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaSet SCHEMAS = SchemaSet.load(SchemaSet.CURRENT);
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<String, Schema> VALIDATORS = new ConcurrentHashMap<>();

  @Property(tries = 200)
  void anImageIsAsItsSchemaSays(@ForAll("images") ImageMetadata image) {
    assertDescribed(image, ImageMetadata.class, "image-metadata.json");
  }

  @Property(tries = 200)
  void aFingerprintRecordIsAsItsSchemaSays(@ForAll("fingerprints") FingerprintRecord record) {
    assertDescribed(record, FingerprintRecord.class, "fingerprint.json");
  }

  @Property(tries = 200)
  void aVerdictIsAsItsSchemaSays(@ForAll("verdicts") Verdict verdict) {
    String schema =
        switch (verdict) {
          case Verdict.Unique unique -> "unique.json";
          case Verdict.DuplicateFound duplicate -> "duplicate-found.json";
          case Verdict.DownloadFailed failed -> "download-failed.json";
        };
    assertDescribed(verdict, Verdict.class, schema);
    assertThat(violations("image-state.json", written(verdict, Verdict.class))).isEmpty();
  }

  @Property(tries = 50)
  void progressIsAsItsSchemaSays(@ForAll("progress") SourceProgress progress) {
    assertDescribed(progress, SourceProgress.class, "source-progress.json");
  }

  @Property(tries = 50)
  void aReplayIsAsItsSchemaSays(@ForAll("runs") ReplayRun run) {
    assertDescribed(run, ReplayRun.class, "replay-run.json");
  }

  @Property(tries = 50)
  void aChangeOfThresholdsIsAsItsSchemaSays(@ForAll("changes") ThresholdChange change) {
    assertDescribed(change, ThresholdChange.class, "thresholds.json");
  }

  @Property(tries = 100)
  void anInstructionIsAsItsSchemaSays(@ForAll("instructions") FetchInstruction instruction) {
    assertDescribed(instruction, FetchInstruction.class, "fetch-control.json");
  }

  @Test
  void theLongestVerdictIsAsItsSchemaSays() {
    assertDescribed(EventArbitraries.longestDuplicate(), Verdict.class, "duplicate-found.json");
  }

  private static <T extends Event> void assertDescribed(T event, Class<T> type, String schema) {
    String json = written(event, type);
    assertThat(violations(schema, json)).isEmpty();
    assertThat(undescribed(schema, SCHEMAS.file(schema), parse(json))).isEmpty();
  }

  /** Properties that a schema doesn't name. What it says nothing of at all is the caller's own. */
  private static List<String> undescribed(String path, JsonNode part, JsonNode value) {
    ObjectNode schema = SCHEMAS.resolve(part);
    List<String> found = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(
          element -> found.addAll(undescribed(path + "[]", schema.required("items"), element)));
    } else if (value.isObject() && schema.has("properties")) {
      value
          .properties()
          .forEach(property -> {
            String name = property.getKey();
            JsonNode described = schema.get("properties").get(name);
            if (described == null) {
              found.add(path + "." + name);
            } else {
              found.addAll(undescribed(path + "." + name, described, property.getValue()));
            }
          });
    }
    return found;
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsAsItsSchemaSays() {
    return SCHEMAS.names().stream()
        .flatMap(name ->
            StreamSupport.stream(SCHEMAS.file(name).path("examples").spliterator(), false)
                .map(example ->
                    DynamicTest.dynamicTest(
                        name,
                        () -> {
                          assertThat(violations(name, example.toString())).isEmpty();
                          assertThat(undescribed(name, SCHEMAS.file(name), example)).isEmpty();
                        })));
  }

  @Test
  void everySchemaHasAnExampleThatTheCodecReads() {
    read("image-metadata.json", ImageMetadata.class);
    read("fingerprint.json", FingerprintRecord.class);
    read("unique.json", Verdict.class);
    read("duplicate-found.json", Verdict.class);
    read("download-failed.json", Verdict.class);
    read("source-progress.json", SourceProgress.class);
    read("fetch-control.json", FetchInstruction.class);
    read("replay-run.json", ReplayRun.class);
    read("thresholds.json", ThresholdChange.class);
  }

  private static <T extends Event> void read(String schema, Class<T> type) {
    JsonNode examples = SCHEMAS.file(schema).required("examples");
    assertThat(examples).isNotEmpty();
    for (JsonNode example : examples) {
      byte[] bytes = example.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(EventCodec.json(type).read(bytes)).as(schema).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'id':null}",
        "{'id':''}",
        "{'id':5}",
        "{'id':'a','collection':''}",
        "{'id':'a','source':[]}",
        "{'id':'a','attributes':'x'}",
        "{'id':'a','version':2}"
      })
  void codecAndSchemaRefuseTheSameImages(String quoted) {
    String json = quoted.replace('\'', '"');

    assertThat(violations("image-metadata.json", json)).isNotEmpty();
    assertThat(isRead(json)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'a'}",
        "{'id':'a','version':1}",
        "{'id':'a','collection':null,'source':null,'attributes':null}",
        "{'id':'a','new':{'x':[1]}}"
      })
  void codecAndSchemaAcceptTheSameImages(String quoted) {
    String json = quoted.replace('\'', '"');

    assertThat(violations("image-metadata.json", json)).isEmpty();
    assertThat(isRead(json)).isTrue();
  }

  private static boolean isRead(String json) {
    try {
      EventCodec.json(ImageMetadata.class).read(json.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (UnreadableEventException e) {
      return false;
    }
  }

  @Test
  void theReasonsAreThoseOfTheSchema() {
    List<String> described = new ArrayList<>();
    SCHEMAS
        .part("download-failed.json", "/properties/reason")
        .get("enum")
        .forEach(reason -> described.add(reason.textValue()));

    assertThat(described)
        .containsExactlyElementsOf(
            Arrays.stream(FailureReason.values()).map(FailureReason::toString).toList());
    assertThat(described.stream().map(FailureReason::parse))
        .containsExactly(FailureReason.values());
  }

  @Test
  void theBoundsAreThoseOfTheCode() {
    assertThat(bound("image-metadata.json", "/properties/source/maxLength"))
        .isEqualTo(ImageMetadata.MAX_SOURCE_LENGTH);
    assertThat(bound("duplicate-found.json", "/properties/matches/maxItems"))
        .isEqualTo(Verdict.DuplicateFound.MAX_MATCHES);
    assertThat(bound("fetch-control.json", "/properties/note/maxLength"))
        .isEqualTo(FetchInstruction.MAX_NOTE_LENGTH);
    assertThat(bound("definitions.json", "/$defs/id/maxLength"))
        .isEqualTo(ImageKey.MAX_BYTES - "c/".length());
    assertThat(bound("definitions.json", "/$defs/hash/properties/bits/maximum"))
        .isEqualTo(BinaryCode.MAX_BITS);
  }

  private static int bound(String file, String pointer) {
    return SCHEMAS.file(file).requiredAt(pointer).intValue();
  }

  private static <T extends Event> String written(T event, Class<T> type) {
    return new String(EventCodec.json(type).write(event), StandardCharsets.UTF_8);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> violations(String schema, String json) {
    return VALIDATORS
        .computeIfAbsent(
            schema,
            name ->
                REGISTRY.getSchema(SchemaLocation.of("classpath:io/twinstream/schema/1/" + name)))
        .validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Provide
  Arbitrary<ImageMetadata> images() {
    return EventArbitraries.images();
  }

  @Provide
  Arbitrary<FingerprintRecord> fingerprints() {
    return EventArbitraries.fingerprintRecords();
  }

  @Provide
  Arbitrary<Verdict> verdicts() {
    return EventArbitraries.verdicts();
  }

  @Provide
  Arbitrary<ReplayRun> runs() {
    return EventArbitraries.runs();
  }

  @Provide
  Arbitrary<ThresholdChange> changes() {
    return EventArbitraries.thresholdChanges();
  }

  @Provide
  Arbitrary<SourceProgress> progress() {
    return EventArbitraries.progress();
  }

  @Provide
  Arbitrary<FetchInstruction> instructions() {
    return EventArbitraries.instructions();
  }
}
