package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SchemaEvolutionTest {
  private static final SchemaSet RELEASED = SchemaSet.load(SchemaSet.RELEASED);

  private static final String DEFINITIONS = "definitions.json";
  private static final String MATCH = "/$defs/match";
  private static final String FINGERPRINT = "/$defs/fingerprint";

  @Test
  void theSchemasKeepWhatTheReleasedOnesPromise() {
    assertThat(SchemaEvolution.breaks(RELEASED, SchemaSet.load(SchemaSet.CURRENT)))
        .as("changes that need a new version of the schemas; see SchemaEvolution for the rules")
        .isEmpty();
  }

  @Test
  void everySchemaIsCompared() {
    assertThat(RELEASED.names())
        .isEqualTo(
            Set.of(
                "image-metadata.json",
                "fingerprint.json",
                "duplicate-found.json",
                "unique.json",
                "download-failed.json",
                "image-state.json",
                "source-progress.json"));
  }

  @TestFactory
  Stream<DynamicTest> aBreakInWhatOthersReadIsFound() {
    return Stream.of(
        breaking(
            "a schema removed",
            after -> after.remove("source-progress.json"),
            "source-progress.json: removed"),
        breaking(
            "a property removed",
            after -> after.part("download-failed.json", "/properties").remove("detail"),
            "download-failed.json.detail: removed"),
        breaking(
            "a property of a shared part renamed",
            after -> {
              ObjectNode properties = after.part(DEFINITIONS, FINGERPRINT + "/properties");
              properties.set("size", properties.remove("bytes"));
            },
            "unique.json.fingerprint.bytes: removed"),
        breaking(
            "a property of a list's elements removed",
            after -> after.part(DEFINITIONS, MATCH + "/properties").remove("distance"),
            "duplicate-found.json.matches[].distance: removed"),
        breaking(
            "a type changed",
            after -> after.part(DEFINITIONS, "/$defs/position").put("type", "string"),
            "unique.json.position: type \"string\" added"),
        breaking(
            "a type widened",
            after ->
                after
                    .part("source-progress.json", "/properties/complete")
                    .putArray("type")
                    .add("boolean")
                    .add("null"),
            "source-progress.json.complete: type \"null\" added"),
        breaking(
            "a type forgotten",
            after -> after.part("source-progress.json", "/properties/complete").remove("type"),
            "source-progress.json.complete: type no longer restricted to [\"boolean\"]"),
        breaking(
            "a value removed",
            after ->
                ((ArrayNode) after.part(DEFINITIONS, MATCH + "/properties/kind").get("enum"))
                    .remove(0),
            "duplicate-found.json.original.kind: value \"exact\" removed"),
        breaking(
            "a value added to a closed list",
            after ->
                ((ArrayNode) after.part(DEFINITIONS, MATCH + "/properties/kind").get("enum"))
                    .add("partial"),
            "duplicate-found.json.original.kind: value \"partial\" added"),
        breaking(
            "a constant changed",
            after -> after.part(DEFINITIONS, "/$defs/version").put("const", 2),
            "unique.json.version: value 1 removed"),
        breaking(
            "an upper bound tightened",
            after ->
                after.part(DEFINITIONS, FINGERPRINT + "/properties/quality").put("maximum", 99),
            "fingerprint.json.fingerprint.quality: maximum tightened"),
        breaking(
            "an upper bound loosened",
            after -> after.part("duplicate-found.json", "/properties/matches").remove("maxItems"),
            "duplicate-found.json.matches: maxItems loosened"),
        breaking(
            "a lower bound tightened",
            after -> after.part(DEFINITIONS, "/$defs/run").put("minLength", 2),
            "unique.json.run: minLength tightened"),
        breaking(
            "a lower bound loosened",
            after -> after.part(DEFINITIONS, "/$defs/position").put("minimum", -1),
            "unique.json.position: minimum loosened"),
        breaking(
            "a pattern changed",
            after -> after.part(DEFINITIONS, "/$defs/eventId").put("pattern", "x"),
            "unique.json.event: pattern changed from"),
        breaking(
            "a restriction of a new kind",
            after -> after.part("unique.json", "").put("additionalProperties", false),
            "unique.json: additionalProperties changed from"),
        breaking(
            "a property no longer required",
            after -> ((ArrayNode) after.file("unique.json").get("required")).remove(0),
            "unique.json: \"verdict\" no longer required"),
        breaking(
            "a property required that older records lack",
            after -> ((ArrayNode) after.file("unique.json").get("required")).add("new"),
            "unique.json: \"new\" newly required"),
        breaking(
            "a kind of state added",
            after -> ((ArrayNode) after.file("image-state.json").get("oneOf")).addObject(),
            "image-state.json: alternatives added"),
        breaking(
            "a kind of state removed",
            after -> ((ArrayNode) after.file("image-state.json").get("oneOf")).remove(2),
            "image-state.json<2>: removed"));
  }

  @TestFactory
  Stream<DynamicTest> aBreakInWhatOthersSendIsFound() {
    return Stream.of(
        breaking(
            "a property newly required",
            after -> ((ArrayNode) after.file("image-metadata.json").get("required")).add("source"),
            "image-metadata.json: \"source\" newly required"),
        breaking(
            "a type narrowed",
            after -> after.part("image-metadata.json", "/properties/source").put("type", "string"),
            "image-metadata.json.source: type \"null\" removed"),
        breaking(
            "a bound tightened",
            after -> after.part("image-metadata.json", "/properties/source").put("maxLength", 100),
            "image-metadata.json.source: maxLength tightened"),
        breaking(
            "values restricted",
            after ->
                after
                    .part("image-metadata.json", "/properties/collection")
                    .putArray("enum")
                    .add("a"),
            "image-metadata.json.collection: value restricted to [\"a\"]"),
        breaking(
            "a property removed",
            after -> after.part("image-metadata.json", "/properties").remove("attributes"),
            "image-metadata.json.attributes: removed"));
  }

  @TestFactory
  Stream<DynamicTest> aChangeThatHurtsNobodyPasses() {
    return Stream.of(
        passing(
            "a property added",
            after ->
                after
                    .part(DEFINITIONS, FINGERPRINT + "/properties")
                    .putObject("colours")
                    .put("type", "array")),
        passing(
            "a property that can be sent added",
            after ->
                after
                    .part("image-metadata.json", "/properties")
                    .putObject("hint")
                    .put("type", "string")),
        passing(
            "a description changed",
            after -> after.part(DEFINITIONS, MATCH).put("description", "Better words.")));
  }

  @Test
  void whatOnlyOthersSendMayBecomeWider() {
    SchemaSet before = onlyWhatOthersSend();
    SchemaSet after = before.copy();
    after.part("image-metadata.json", "/properties/source").put("maxLength", 10_000);
    after.part("image-metadata.json", "/properties/collection").remove("minLength");
    after.part("image-metadata.json", "").remove("required");
    ((ArrayNode) after.part("image-metadata.json", "/properties/attributes").get("type"))
        .add("array");

    assertThat(SchemaEvolution.breaks(before, after)).isEmpty();
  }

  private static SchemaSet onlyWhatOthersSend() {
    SchemaSet set = RELEASED.copy();
    List.copyOf(set.names()).stream()
        .filter(name -> !name.equals("image-metadata.json"))
        .forEach(set::remove);
    return set;
  }

  @Test
  void aListMayGrowWhereReadersWereTold() {
    SchemaSet before = RELEASED.copy();
    before.part(DEFINITIONS, MATCH + "/properties/kind").put("x-may-grow", true);
    SchemaSet after = before.copy();
    ArrayNode kinds = (ArrayNode) after.part(DEFINITIONS, MATCH + "/properties/kind").get("enum");

    kinds.add("partial");
    assertThat(SchemaEvolution.breaks(before, after)).isEmpty();

    kinds.remove(0);
    assertThat(SchemaEvolution.breaks(before, after))
        .contains("duplicate-found.json.original.kind: value \"exact\" removed");
  }

  @Test
  void tellingReadersComesBeforeTheGrowth() {
    SchemaSet after = RELEASED.copy();
    ObjectNode kind = after.part(DEFINITIONS, MATCH + "/properties/kind").put("x-may-grow", true);
    ((ArrayNode) kind.get("enum")).add("partial");

    assertThat(SchemaEvolution.breaks(RELEASED, after)).isNotEmpty();
  }

  private static DynamicTest breaking(String name, Consumer<SchemaSet> change, String expected) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          SchemaSet after = RELEASED.copy();
          change.accept(after);
          assertThat(SchemaEvolution.breaks(RELEASED, after))
              .anySatisfy(line -> assertThat(line).startsWith(expected));
        });
  }

  private static DynamicTest passing(String name, Consumer<SchemaSet> change) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          SchemaSet after = RELEASED.copy();
          change.accept(after);
          assertThat(SchemaEvolution.breaks(RELEASED, after)).isEmpty();
        });
  }
}
