package io.twinstream.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.schema.Attributes;
import io.twinstream.schema.Event;
import io.twinstream.schema.EventArbitraries;
import io.twinstream.schema.FetchResult;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.ReplayRun;
import io.twinstream.schema.SourceProgress;
import io.twinstream.schema.ThresholdChange;
import io.twinstream.schema.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {
  @Property(tries = 300)
  void anImageIsReadAsItWasWritten(@ForAll("images") ImageMetadata image) {
    assertReadAsWritten(image, ImageMetadata.class);
  }

  @Property(tries = 300)
  void aVerdictIsReadAsItWasWritten(@ForAll("verdicts") Verdict verdict) {
    assertReadAsWritten(verdict, Verdict.class);
  }

  @Property(tries = 300)
  void aFingerprintRecordIsReadAsItWasWritten(@ForAll("fingerprints") FingerprintRecord record) {
    assertReadAsWritten(record, FingerprintRecord.class);
  }

  @Property(tries = 50)
  void aReplayIsReadAsItWasWritten(@ForAll("runs") ReplayRun run) {
    assertReadAsWritten(run, ReplayRun.class);
  }

  @Property(tries = 50)
  void aChangeOfThresholdsIsReadAsItWasWritten(@ForAll("changes") ThresholdChange change) {
    assertReadAsWritten(change, ThresholdChange.class);
  }

  @Property(tries = 100)
  void progressIsReadAsItWasWritten(@ForAll("progress") SourceProgress progress) {
    assertReadAsWritten(progress, SourceProgress.class);
  }

  @Property(tries = 300)
  void aFetchResultIsReadAsItWasWritten(@ForAll("fetchResults") FetchResult result) {
    EventCodec<FetchResult> smile = EventCodec.smile(FetchResult.class);

    assertThat(smile.read(smile.write(result))).isEqualTo(result);
  }

  private static <T extends Event> void assertReadAsWritten(T event, Class<T> type) {
    EventCodec<T> json = EventCodec.json(type);
    EventCodec<T> smile = EventCodec.smile(type);

    assertThat(json.read(json.write(event))).isEqualTo(event);
    assertThat(smile.read(smile.write(event))).isEqualTo(event);
  }

  @Test
  void theLongestVerdictIsShortEnoughToBeRead() {
    EventCodec<Verdict> codec = EventCodec.json(Verdict.class);
    Verdict longest = EventArbitraries.longestDuplicate();

    byte[] bytes = codec.write(longest);

    assertThat(bytes).hasSizeLessThanOrEqualTo(EventCodec.MAX_BYTES);
    assertThat(codec.read(bytes)).isEqualTo(longest);
  }

  @Test
  void aTombstoneIsNull() {
    EventCodec<ImageMetadata> codec = EventCodec.json(ImageMetadata.class);

    assertThat(codec.write(null)).isNull();
    assertThat(codec.read(null)).isNull();
  }

  @Test
  void whatIsAbsentOrNullGetsItsDefault() {
    ImageMetadata bare = new ImageMetadata("default", "a", "", Attributes.NONE);

    assertThat(image("{'id':'a'}")).isEqualTo(bare);
    assertThat(image("{'id':'a','collection':null,'source':null,'attributes':null}"))
        .isEqualTo(bare);
  }

  @Test
  void fieldsOfANewerWriterAreIgnored() {
    assertThat(image("{'version':1,'id':'a','colour':{'r':[1]}}").id()).isEqualTo("a");
  }

  @Test
  void attributesKeepTheirOrderAndTheirDigits() {
    String json = "{\"z\":1.50,\"a\":[1E+2,12345678901234567890,0.1],\"m\":{\"y\":null,\"b\":-7}}";

    ImageMetadata image = image("{'id':'a','attributes':" + json + "}");

    assertThat(image.attributes()).hasToString(json);
    assertThat(new String(write(image), StandardCharsets.UTF_8)).contains(json);
  }

  @Test
  void aNumberOfManyDigitsWrittenShortStaysShort() {
    Attributes attributes = image("{'id':'a','attributes':{'n':1E+999999999}}").attributes();

    assertThat(attributes.text("n")).isEqualTo("1E+999999999");
    assertThat(attributes.byteSize()).isLessThan(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                   | the value is not a JSON object
          null                                 | the value is not a JSON object
          {                                    | the value ends too early
          {'id':'a'}{}                         | more follows the JSON object
          {}                                   | the field "id" is missing
          {'id':null}                          | the field "id" is missing
          {'id':''}                            | the id of an image must not be empty
          {'id':5}                             | the field "id" must be text
          {'id':true}                          | the field "id" must be text
          {'id':['a']}                         | the field "id" must be text
          {'id':'a','collection':''}           | the collection of an image must not be empty
          {'id':'a','source':{}}               | the field "source" must be text
          {'id':'a','source':'\\ud83d'}        | the source has half of a surrogate pair, which has no UTF-8 form
          {'id':'a','attributes':5}            | the field "attributes" must be an object
          {'id':'a','attributes':'x'}          | the field "attributes" must be an object
          {'id':'a','attributes':[{}]}         | the field "attributes" must be an object
          {'id':'a','version':2}               | the value has version 2, this build reads version 1
          {'id':'a','version':'1'}             | the value has version "1", this build reads version 1
          {'id':'a','version':1.0}             | the value has version 1.0, this build reads version 1
          """)
  void aBadImageIsRefusedInWordsForItsSender(String json, String message) {
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> image(json))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                          | the field "verdict" is missing
          {'verdict':'maybe'}                                         | the field "verdict" must be one of unique, duplicate-found, download-failed
          {'verdict':'unique'}                                        | a field that must be there is missing
          {'verdict':'unique','event':5}                              | the field "event" must be text
          {'verdict':'unique','event':'x'}                            | the field "event": not an event id (topic-partition@offset): x
          {'verdict':'unique','image':{'id':5}}                       | the field "image.id" must be text
          {'verdict':'unique','image':{}}                             | the field "image": the field "id" is missing
          {'verdict':'unique','judgedAt':'noon'}                      | the field "judgedAt" must be a time in UTC, such as 2026-05-04T10:20:30Z
          {'verdict':'unique','position':'x'}                         | the field "position" must be a whole number
          {'verdict':'unique','position':1.5}                         | the field "position" must be a whole number
          {'verdict':'unique','thresholds':{}}                        | the field "thresholds" must be an array
          {'verdict':'unique','thresholds':[{'radius':-1}]}           | the field "thresholds[0]": a radius is 0 bits or more, not -1
          {'verdict':'unique','fingerprint':5}                        | the field "fingerprint" must be an object
          {'verdict':'duplicate-found','original':{'kind':'x'}}       | the field "original.kind" must be one of exact, near
          {'verdict':'duplicate-found','original':{'kind':1}}         | the field "original.kind" must be one of exact, near
          {'verdict':'duplicate-found','original':{'similarity':''}}  | the field "original.similarity" must be a number
          {'verdict':'download-failed','reason':'bored'}              | the field "reason": there is no such reason: bored
          {'verdict':'download-failed','retryable':1}                 | the field "retryable" must be true or false
          """)
  void aBadVerdictIsRefusedInWordsForItsSender(String json, String message) {
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> EventCodec.json(Verdict.class).read(utf8(json)))
        .withMessage(message);
  }

  @Test
  void aMistakeInTheSyntaxIsRefusedWithItsPlace() {
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> image("{'id':'a',\n 'source':x}"))
        .withMessageStartingWith("the value at line 2, column 11: Unrecognized token 'x'");
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> image("{'id':'a','id':'b'}"))
        .withMessage("the value at line 1, column 15: Duplicate field 'id'");
  }

  @Test
  void whatNoRecordCouldCarryOnIsRefused() {
    for (String attribute :
        new String[] {
          "[".repeat(2000) + "]".repeat(2000),
          "[".repeat(Attributes.MAX_DEPTH) + "]".repeat(Attributes.MAX_DEPTH),
          "1".repeat(2000),
          "1e99999999999",
          "'\\ud83d'",
          "'" + "x".repeat(Attributes.MAX_BYTES) + "'",
          "'" + "x".repeat(EventCodec.MAX_BYTES) + "'"
        }) {
      assertThatExceptionOfType(UnreadableEventException.class)
          .isThrownBy(() -> image("{'id':'a','attributes':{'x':" + attribute + "}}"));
    }
  }

  @Test
  void theDeepestAttributesCanBeCarriedOn() {
    int inner = Attributes.MAX_DEPTH - 1;
    ImageMetadata image =
        image("{'id':'a','attributes':{'x':" + "[".repeat(inner) + "]".repeat(inner) + "}}");

    assertThat(EventCodec.json(ImageMetadata.class).read(write(image))).isEqualTo(image);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] bytes = utf8("{'id':'a'}");
    bytes[7] = (byte) 0xFF;

    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> EventCodec.json(ImageMetadata.class).read(bytes));
  }

  @Test
  void textsMakeAttributes() {
    ImageMetadata image =
        new ImageMetadata("default", "a", "", Attributes.ofTexts(Map.of("colour", "red")));

    assertThat(EventCodec.json(ImageMetadata.class).read(write(image))).isEqualTo(image);
  }

  private static ImageMetadata image(String json) {
    return EventCodec.json(ImageMetadata.class).read(utf8(json));
  }

  private static byte[] write(ImageMetadata image) {
    return EventCodec.json(ImageMetadata.class).write(image);
  }

  /** JSON with single quotes, so that it can be read here. */
  private static byte[] utf8(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  @Provide
  Arbitrary<ImageMetadata> images() {
    return EventArbitraries.images();
  }

  @Provide
  Arbitrary<Verdict> verdicts() {
    return EventArbitraries.verdicts();
  }

  @Provide
  Arbitrary<FingerprintRecord> fingerprints() {
    return EventArbitraries.fingerprintRecords();
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
  Arbitrary<FetchResult> fetchResults() {
    return EventArbitraries.fetchResults();
  }
}
