package io.twinstream.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Combinators.Combinator2;

/** Every record of the contract within its bounds, awkward values first. */
public final class EventArbitraries {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private EventArbitraries() {}

  /** Well-formed text, empty too. */
  public static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            " ",
            "a/b",
            "%",
            "%2F",
            "%25",
            "\0",
            "\n",
            "\"\\",
            "\u2028",
            "\uFEFF",
            "ü",
            "é",
            "\uD83D\uDE00",
            "null",
            "../x"),
        Arbitraries.strings()
            .all()
            .ofMaxLength(40)
            .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text)));
  }

  /** Text with something in it. */
  public static Arbitrary<String> names() {
    return texts().filter(text -> !text.isEmpty());
  }

  public static Arbitrary<Attributes> attributes() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            texts().map(JSON::textNode),
            Arbitraries.integers().map(JSON::numberNode),
            Arbitraries.bigIntegers()
                .between(BigInteger.TWO.pow(64), BigInteger.TWO.pow(200))
                .map(JSON::numberNode),
            decimals().map(JSON::numberNode),
            Arbitraries.of(JSON.nullNode(), JSON.booleanNode(true), JSON.booleanNode(false)));
    Arbitrary<JsonNode> nodes =
        Arbitraries.recursive(
            () -> leaves,
            inner -> Arbitraries.oneOf(objects(inner).map(object -> object), arrays(inner)),
            0,
            3);
    return objects(nodes).map(Attributes::of);
  }

  /** With a point or an exponent: without, JSON has whole numbers. */
  private static Arbitrary<BigDecimal> decimals() {
    return Combinators.combine(
            Arbitraries.longs(), Arbitraries.integers().between(-30, 30).filter(it -> it != 0))
        .as(BigDecimal::valueOf);
  }

  private static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values) {
    return Arbitraries.maps(texts(), values)
        .ofMaxSize(3)
        .map(entries -> {
          ObjectNode object = JSON.objectNode();
          entries.forEach(object::set);
          return object;
        });
  }

  private static Arbitrary<JsonNode> arrays(Arbitrary<JsonNode> values) {
    return values
        .list()
        .ofMaxSize(3)
        .map(elements -> {
          ArrayNode array = JSON.arrayNode();
          elements.forEach(array::add);
          return array;
        });
  }

  public static Arbitrary<EventId> eventIds() {
    return Combinators.combine(
            Arbitraries.of("image-metadata", "a", "-", "x-1@2", "t.prod_eu-image-metadata"),
            Arbitraries.integers().greaterOrEqual(0),
            Arbitraries.longs().greaterOrEqual(0))
        .as(EventId::new);
  }

  public static Arbitrary<ImageMetadata> images() {
    return Combinators.combine(names(), names(), texts(), attributes()).as(ImageMetadata::new);
  }

  public static Arbitrary<PerceptualHash> hashes() {
    return Combinators.combine(names(), codes()).as(PerceptualHash::new);
  }

  public static Arbitrary<BinaryCode> codes() {
    return Arbitraries.integers()
        .between(1, BinaryCode.MAX_BITS)
        .flatMap(bits ->
            Arbitraries.bigIntegers()
                .between(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE))
                .map(number -> BinaryCode.ofNumber(number, bits)));
  }

  public static Arbitrary<Fingerprint> fingerprints() {
    Arbitrary<String> sha256 =
        Arbitraries.bytes().array(byte[].class).ofSize(32).map(HexFormat.of()::formatHex);
    Arbitrary<Integer> pixels = Arbitraries.integers().greaterOrEqual(1);
    return Combinators.combine(
            sha256,
            Arbitraries.longs().greaterOrEqual(0),
            Arbitraries.of("jpeg", "png"),
            pixels,
            pixels,
            Arbitraries.integers().between(0, 100),
            hashes().list().ofMaxSize(3),
            extras())
        .as((bytes, size, format, width, height, quality, hashes, extras) ->
            new Fingerprint(
                bytes,
                size,
                format,
                width,
                height,
                quality,
                hashes,
                extras.turned,
                extras.pixelsSha256,
                extras.measures,
                extras.views));
  }

  /** What a fingerprint has only where it is asked for. */
  private record Extras(
      List<TurnedHash> turned, String pixelsSha256, Measures measures, List<ViewedHash> views) {}

  private static Arbitrary<Extras> extras() {
    Arbitrary<TurnedHash> turned =
        Combinators.combine(hashes(), Arbitraries.of(Orientation.class))
            .as((hash, orientation) -> new TurnedHash(hash.algorithm(), orientation, hash.code()));
    Arbitrary<ViewedHash> views =
        Combinators.combine(hashes(), Arbitraries.of(View.TRIMMED, View.CENTRE_85, View.CENTRE_60))
            .as((hash, view) -> new ViewedHash(hash.algorithm(), view, hash.code()));
    return Combinators.combine(
            turned.list().ofMaxSize(7),
            Arbitraries.of("", "0123456789abcdef".repeat(4)),
            Arbitraries.oneOf(Arbitraries.just(Measures.NONE), measures()),
            views.list().ofMaxSize(3))
        .as(Extras::new);
  }

  private static Arbitrary<Measures> measures() {
    Arbitrary<Double> shares = Arbitraries.doubles().between(0, 1);
    Arbitrary<DominantColour> colours =
        shares.map(
            share -> new DominantColour("#%s".formatted(share < 0.5 ? "00ff7f" : "c0ffee"), share));
    Arbitrary<QualityScore> scores =
        Arbitraries.integers()
            .between(0, 100)
            .map(part -> new QualityScore(part, 100 - part, part / 2, 0, 100));
    return Combinators.combine(
            Arbitraries.doubles().between(0, 300),
            shares,
            Arbitraries.doubles().between(0, 200),
            colours.list().ofMaxSize(5),
            Arbitraries.integers()
                .between(0, 1000)
                .array(int[].class)
                .ofSize(ColourSignature.BOXES),
            scores)
        .as((sharpness, blockiness, colourfulness, dominant, counts, score) -> {
          counts[0]++;
          return new Measures(
              sharpness,
              blockiness,
              colourfulness,
              dominant,
              ColourSignature.ofCounts(counts),
              score);
        });
  }

  private record Views(View judged, View matched) {}

  public static Arbitrary<Match> matches() {
    return Combinators.combine(
            names(),
            positions(),
            Arbitraries.of(Match.Kind.class),
            names(),
            Arbitraries.integers().between(0, BinaryCode.MAX_BITS),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.of(Orientation.class),
            Combinators.combine(Arbitraries.of(View.class), Arbitraries.of(View.class))
                .as(Views::new))
        .as((id, position, kind, algorithm, distance, similarity, orientation, views) ->
            new Match(
                id,
                position,
                kind,
                algorithm,
                distance,
                similarity,
                orientation,
                views.judged,
                views.matched));
  }

  private static Arbitrary<Long> positions() {
    return Arbitraries.longs().greaterOrEqual(0);
  }

  private static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs()
                .between(
                    Instant.parse("1970-01-01T00:00:00Z").getEpochSecond(),
                    Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()),
            Arbitraries.integers().between(0, 999_999_999))
        .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos));
  }

  private static Arbitrary<Threshold> threshold() {
    return Combinators.combine(names(), Arbitraries.integers().greaterOrEqual(0))
        .as(Threshold::new);
  }

  private static Arbitrary<List<Threshold>> thresholds() {
    return threshold().list().ofMinSize(1).ofMaxSize(3);
  }

  public static Arbitrary<Verdict.Unique> uniques() {
    return Combinators.combine(
            eventIds(), images(), names(), instants(), positions(), thresholds(), fingerprints())
        .as(Verdict.Unique::new);
  }

  public static Arbitrary<Verdict.DuplicateFound> duplicates() {
    Combinator2<Verdict.Unique, List<Match>> parts =
        Combinators.combine(
            uniques(), matches().list().ofMinSize(1).ofMaxSize(Verdict.DuplicateFound.MAX_MATCHES));
    return parts.as((unique, matches) ->
        new Verdict.DuplicateFound(
            unique.event(),
            unique.image(),
            unique.run(),
            unique.judgedAt(),
            unique.position(),
            unique.thresholds(),
            unique.fingerprint(),
            matches.getFirst(),
            matches,
            matches.size()));
  }

  public static Arbitrary<Verdict.DownloadFailed> failures() {
    return Combinators.combine(
            uniques(),
            Arbitraries.of(FailureReason.class),
            texts(),
            Arbitraries.of(true, false),
            Arbitraries.of(0, 200, 404, 599, 999),
            Arbitraries.integers().greaterOrEqual(0))
        .as((unique, reason, detail, retryable, status, attempts) ->
            new Verdict.DownloadFailed(
                unique.event(),
                unique.image(),
                unique.run(),
                unique.judgedAt(),
                reason,
                detail,
                retryable,
                status,
                attempts));
  }

  public static Arbitrary<Verdict> verdicts() {
    return Arbitraries.oneOf(uniques(), duplicates(), failures());
  }

  public static Arbitrary<FingerprintRecord> fingerprintRecords() {
    return Combinators.combine(positions(), eventIds(), images(), fingerprints())
        .as(FingerprintRecord::new);
  }

  public static Arbitrary<SourceProgress> progress() {
    return Combinators.combine(
            names(),
            positions(),
            positions(),
            positions(),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(true, false))
        .as((source, published, skipped, unreadable, task, more, complete) ->
            SourceProgress.ofShare(
                source, published, skipped, unreadable, task, task + more, complete));
  }

  public static Arbitrary<ReplayRun> runs() {
    return Combinators.combine(
            names(),
            thresholds(),
            Arbitraries.of("none", "rotations", "all"),
            Arbitraries.of("none", "trimmed", "all"),
            texts(),
            instants().injectNull(0.3),
            Arbitraries.maps(Arbitraries.integers().between(0, 9), positions()).ofMaxSize(3),
            Combinators.combine(instants(), instants().injectNull(0.5), positions(), positions())
                .as((started, finished, images, judged) ->
                    new Object[] {started, finished, images, judged}))
        .as((run, threshold, ways, views, collection, time, ends, course) ->
            new ReplayRun(
                run,
                threshold,
                ways,
                views,
                collection,
                time,
                time,
                ends,
                (Instant) course[0],
                (Instant) course[1],
                (long) course[2],
                ~(long) course[2],
                (long) course[3],
                (long) course[3],
                1));
  }

  public static Arbitrary<ThresholdChange> thresholdChanges() {
    return Combinators.combine(positions(), threshold(), threshold(), names(), instants())
        .as(ThresholdChange::new);
  }

  public static Arbitrary<FetchInstruction> instructions() {
    return Combinators.combine(Arbitraries.of(true, false), instants(), instants(), texts())
        .as(FetchInstruction::new);
  }

  public static Arbitrary<FetchResult> fetchResults() {
    return Arbitraries.oneOf(
        Combinators.combine(eventIds(), images(), fingerprints())
            .as(FetchResult.Fingerprinted::new),
        failures()
            .map(failed ->
                new FetchResult.Failed(
                    failed.event(),
                    failed.image(),
                    failed.reason(),
                    failed.detail(),
                    failed.retryable(),
                    failed.httpStatus(),
                    failed.attempts())),
        eventIds().map(FetchResult.Removed::new),
        Combinators.combine(threshold(), names(), instants())
            .as(FetchResult.ThresholdsAdopted::new));
  }

  /** A verdict as long as the contract allows, of characters that take the most bytes in JSON. */
  public static Verdict.DuplicateFound longestDuplicate() {
    ImageMetadata image =
        new ImageMetadata(
            "\1".repeat(ImageKey.MAX_BYTES / 2),
            "\1".repeat(ImageKey.MAX_BYTES / 2 - 1),
            "\1".repeat(ImageMetadata.MAX_SOURCE_LENGTH),
            Attributes.of(JSON.objectNode().put("x", "y".repeat(Attributes.MAX_BYTES - 8))));
    PerceptualHash hash =
        new PerceptualHash(
            "PerceptiveHash(1024)",
            BinaryCode.ofNumber(BigInteger.ONE.shiftLeft(1023), BinaryCode.MAX_BITS));
    Fingerprint fingerprint =
        new Fingerprint(
            "f".repeat(64),
            Long.MAX_VALUE,
            "jpeg2000",
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            100,
            IntStream.range(0, 16).mapToObj(i -> hash).toList(),
            IntStream.range(0, 16 * 7)
                .mapToObj(
                    i -> new TurnedHash(hash.algorithm(), Orientation.TRANSVERSE, hash.code()))
                .toList(),
            "f".repeat(64),
            new Measures(
                1.0 / 3,
                1.0 / 3,
                1.0 / 3,
                Collections.nCopies(5, new DominantColour("#ffffff", 1.0 / 3)),
                ColourSignature.ofHex("ff".repeat(ColourSignature.BOXES)),
                new QualityScore(100, 100, 100, 100, 100)),
            IntStream.range(0, 16 * 3)
                .mapToObj(i -> new ViewedHash(hash.algorithm(), View.CENTRE_85, hash.code()))
                .toList());
    Match match =
        new Match(
            "\1".repeat(ImageKey.MAX_BYTES - 2),
            Long.MAX_VALUE,
            Match.Kind.EXACT,
            hash.algorithm(),
            BinaryCode.MAX_BITS,
            1.0 / 3,
            Orientation.TRANSVERSE,
            View.CENTRE_85,
            View.CENTRE_85);
    List<Match> matches =
        IntStream.range(0, Verdict.DuplicateFound.MAX_MATCHES).mapToObj(i -> match).toList();
    return new Verdict.DuplicateFound(
        new EventId("t".repeat(249), Integer.MAX_VALUE, Long.MAX_VALUE),
        image,
        "r".repeat(249),
        Instant.parse("9999-12-31T23:59:59.999999999Z"),
        Long.MAX_VALUE,
        IntStream.range(0, 16).mapToObj(i -> new Threshold(hash.algorithm(), 1024)).toList(),
        fingerprint,
        match,
        matches,
        Long.MAX_VALUE);
  }
}
