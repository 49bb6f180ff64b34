package io.twinstream.match;

import static io.twinstream.match.AlikeFiles.fingerprint;
import static io.twinstream.match.AlikeFiles.part;
import static io.twinstream.match.AlikeFiles.sha256;
import static io.twinstream.match.AlikeFiles.turned;
import static io.twinstream.match.AlikeFiles.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.index.LinearIndex;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.Threshold;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.View;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Against {@link BruteForceMatching}, and by the examples that people ask about. */
class MatcherTest {
  private static final String ALGORITHM = AlikeFiles.ALGORITHM;
  private static final int BITS = AlikeFiles.BITS;

  private final InMemoryFingerprintStore store = new InMemoryFingerprintStore();
  private final Matcher matcher = matcher(10, store);

  @Property(tries = 400)
  void judgesAsBruteForceDoesWhateverComesAndHoweverOftenItStartsAnew(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 30) int radius) {
    Random random = new Random(seed);
    InMemoryFingerprintStore kept = new InMemoryFingerprintStore();
    Matcher sut = matcher(radius, kept);
    BruteForceMatching oracle = new BruteForceMatching(new Threshold(ALGORITHM, radius));

    for (int step = 0; step < 80; step++) {
      ImageKey key = new ImageKey("abc".substring(random.nextInt(3)), "" + random.nextInt(9));
      if (random.nextInt(10) == 0) {
        sut = matcher(radius, kept);
      }
      if (random.nextInt(6) == 0) {
        assertThat(sut.remove(key)).isEqualTo(oracle.remove(key));
      } else {
        Fingerprint fingerprint =
            AlikeFiles.withSomeParts(AlikeFiles.of(random.nextInt(25)), random);
        assertThat(sut.judge(key, fingerprint)).isEqualTo(oracle.judge(key, fingerprint));
      }
    }
  }

  @Property(tries = 30)
  void listsOnlyTheFirstMatchesButCountsAll(
      @ForAll @IntRange(min = DuplicateFound.MAX_MATCHES - 2, max = 120) int before) {
    BruteForceMatching oracle = new BruteForceMatching(new Threshold(ALGORITHM, 10));
    Matcher sut = matcher(10, new InMemoryFingerprintStore());
    for (int i = 0; i < before; i++) {
      sut.judge(image(i), picture(i, 7));
      oracle.judge(image(i), picture(i, 7));
    }

    Judgement judgement = sut.judge(image(before), picture(before, 7));

    assertThat(judgement).isEqualTo(oracle.judge(image(before), picture(before, 7)));
    assertThat(judgement.matches()).hasSize(Math.min(before, DuplicateFound.MAX_MATCHES));
    assertThat(judgement.matchCount()).isEqualTo(before);
  }

  @Test
  void theFirstImageIsUniqueAndTheSecondMatchesIt() {
    Judgement first = matcher.judge(image(1), picture(1, 0b0000));
    Judgement second = matcher.judge(image(2), picture(2, 0b0111));

    assertThat(first).isEqualTo(new Judgement(0, true, List.of(), 0));
    assertThat(second)
        .isEqualTo(
            new Judgement(
                1,
                true,
                List.of(new Match("1", 0, Match.Kind.NEAR, ALGORITHM, 3, 1 - 3 / 72.0)),
                1));
  }

  @Test
  void anAdoptedRadiusHoldsFromTheNextPositionOnAndForWhoeverStartsAnewOverTheStore() {
    matcher.judge(image(1), picture(1, 0));

    OptionalLong wider = matcher.adopt(12);
    OptionalLong again = matcher.adopt(12);
    Judgement second = matcher.judge(image(2), picture(2, 0xFFF));
    Matcher anew = matcher(10, store);
    Judgement third = anew.judge(image(3), picture(3, 0xFFF << 12));
    OptionalLong narrower = anew.adopt(11);
    Judgement thirdAgain = anew.judge(image(3), picture(3, 0xFFF << 12));

    assertThat(wider).hasValue(1);
    assertThat(again).isEmpty();
    assertThat(second.matches()).extracting(Match::distance).containsExactly(12);
    assertThat(anew.threshold().algorithm()).isEqualTo(ALGORITHM);
    assertThat(third.matches()).extracting(Match::id).containsExactly("1");
    assertThat(narrower).hasValue(3);
    assertThat(thirdAgain.matches()).isEmpty();
  }

  @Test
  void aLookupReachesAsFarAsTheAdoptedRadiusAndNoFarther() {
    matcher.judge(image(1), picture(1, 0xFFF));
    Fingerprint zero = picture(2, 0);
    BinaryCode code = zero.codes(ALGORITHM).orElseThrow().whole();

    matcher.adopt(12);
    Lookup wide = matcher.lookup("default", code, Lookup.AS_MATCHED, 10);
    matcher.adopt(11);

    assertThat(wide.count()).isEqualTo(1);
    assertThat(wide.radius()).isEqualTo(12);
    assertThat(matcher.lookup("default", code, Lookup.AS_MATCHED, 10).count()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matcher.lookup("default", code, 12, 10))
        .withMessageContaining("at most 11 bits");
  }

  @Test
  void theSameBytesAgainKeepTheirPlaceAndSeeOnlyWhatLiesBelowIt() {
    matcher.judge(image(1), picture(1, 0));
    matcher.judge(image(2), picture(2, 0));

    Judgement again = matcher.judge(image(1), picture(1, 0));

    assertThat(again).isEqualTo(new Judgement(0, false, List.of(), 0));
  }

  @Test
  void theSameBytesWithMorePartsGainThemAtTheirPlaceAndKeepThemWhenTheyComeWithFewer() {
    String pixels = sha256(77);
    matcher.judge(image(1), picture(1, 0));
    matcher.judge(image(2), picture(2, -1L >>> 1));

    Judgement richer = matcher.judge(image(1), withPixels(picture(1, 0), pixels));
    Judgement same = matcher.judge(image(1), withPixels(picture(1, 0), pixels));
    Judgement poorer = matcher.judge(image(1), picture(1, 0));

    assertThat(richer).isEqualTo(new Judgement(0, true, List.of(), 0));
    assertThat(same).isEqualTo(new Judgement(0, false, List.of(), 0));
    assertThat(poorer).isEqualTo(new Judgement(0, false, List.of(), 0));
    assertThat(matcher.judge(image(3), withPixels(picture(3, 0), pixels)).matches())
        .extracting(Match::id, Match::kind)
        .containsExactly(tuple("1", Match.Kind.EXACT));
  }

  @Test
  void aFeaturelessPictureThatGainsADigestOfItsPixelsIsFoundByIt() {
    String pixels = sha256(77);
    matcher.judge(image(1), featureless(1));

    matcher.judge(image(1), withPixels(featureless(1), pixels));

    assertThat(matcher.judge(image(2), withPixels(featureless(2), pixels)).matches())
        .extracting(Match::id)
        .containsExactly("1");
  }

  @Test
  void otherBytesGiveAnImageANewPlaceAndItsOldOneMatchesNobody() {
    matcher.judge(image(1), picture(1, 0));

    Judgement changed = matcher.judge(image(1), picture(2, -1L >>> 1));
    Judgement likeTheOld = matcher.judge(image(3), picture(3, 0));

    assertThat(changed).isEqualTo(new Judgement(1, true, List.of(), 0));
    assertThat(likeTheOld.matches()).isEmpty();
  }

  @Test
  void aRemovedImageMatchesNobodyAndItsPlaceIsNotGivenAgain() {
    matcher.judge(image(1), picture(1, 0));

    boolean wasThere = matcher.remove(image(1));
    Judgement after = matcher.judge(image(2), picture(1, 0));

    assertThat(wasThere).isTrue();
    assertThat(after).isEqualTo(new Judgement(1, true, List.of(), 0));
    assertThat(matcher.remove(image(1))).isFalse();
  }

  @Test
  void whenTheOriginalLeavesTheNextInOrderTakesItsPart() {
    matcher.judge(image(1), picture(1, 0));
    matcher.judge(image(2), picture(2, 0));
    matcher.judge(image(3), picture(3, 0));
    matcher.remove(image(1));

    assertThat(matcher.judge(image(2), picture(2, 0)).matches()).isEmpty();
    assertThat(matcher.judge(image(3), picture(3, 0)).matches())
        .extracting(Match::id)
        .containsExactly("2");
  }

  @Test
  void equalIdsInTwoCollectionsAreTwoImages() {
    matcher.judge(new ImageKey("a", "1"), picture(1, 0));

    Judgement other = matcher.judge(new ImageKey("b", "1"), picture(1, 0));

    assertThat(other).isEqualTo(new Judgement(1, true, List.of(), 0));
  }

  @Test
  void featurelessPicturesMatchOnlyEqualBytes() {
    matcher.judge(image(1), featureless(1));
    matcher.judge(image(2), picture(2, 0));

    Judgement otherBytes = matcher.judge(image(3), featureless(3));
    Judgement equalBytes = matcher.judge(image(4), featureless(1));
    Judgement withFeatures = matcher.judge(image(5), picture(5, 0));

    assertThat(otherBytes.matches()).isEmpty();
    assertThat(equalBytes.matches())
        .containsExactly(new Match("1", 0, Match.Kind.EXACT, ALGORITHM, 0, 1));
    assertThat(withFeatures.matches()).extracting(Match::id).containsExactly("2");
  }

  @Test
  void aTurnedPictureIsFoundAndTheMatchSaysHowItWasTurned() {
    matcher.judge(image(1), picture(1, 0));
    Fingerprint upright = picture(2, -1L >>> 1);
    Fingerprint turned =
        new Fingerprint(
            upright.sha256(),
            upright.bytes(),
            upright.format(),
            1,
            1,
            upright.quality(),
            upright.hashes(),
            List.of(turned(Orientation.TURN_90, 0b11)),
            "",
            Measures.NONE,
            List.of());

    Judgement judgement = matcher.judge(image(2), turned);

    assertThat(judgement.matches())
        .containsExactly(
            new Match("1", 0, Match.Kind.NEAR, ALGORITHM, 2, 1 - 2 / 72.0, Orientation.TURN_90));
    Matcher unturned =
        new Matcher(
            new MatchSettings(new Threshold(ALGORITHM, 10), Orientations.NONE, Views.ALL),
            new InMemoryFingerprintStore(),
            new ImageIndex(LinearIndex::new));
    unturned.judge(image(1), picture(1, 0));
    assertThat(unturned.judge(image(2), turned).matches()).isEmpty();
  }

  @Test
  void aPartIsFoundInTheWholeWhicheverCameFirstAndTheMatchSaysWhich() {
    Fingerprint whole = withPart(1, 0, View.CENTRE_85, -1L >>> 20);
    Fingerprint cut = picture(2, (-1L >>> 20) - 1);

    matcher.judge(image(1), whole);
    Judgement cutLater = matcher.judge(image(2), cut);
    Matcher other = matcher(10, new InMemoryFingerprintStore());
    other.judge(image(2), cut);
    Judgement wholeLater = other.judge(image(1), whole);

    assertThat(cutLater.matches()).containsExactly(match("1", 1, View.WHOLE, View.CENTRE_85));
    assertThat(wholeLater.matches()).containsExactly(match("2", 1, View.CENTRE_85, View.WHOLE));
  }

  @Test
  void picturesAreFoundByWhatIsLeftOfBothWithoutBordersButNotByTheirMiddles() {
    matcher.judge(image(1), withPart(1, 0, View.TRIMMED, -1L >>> 20));
    matcher.judge(image(2), withPart(2, -1L >>> 40, View.CENTRE_60, -1L >>> 10));

    Judgement bordered =
        matcher.judge(image(3), withPart(3, 0xFFFF_FFFFL << 31, View.TRIMMED, -1L >>> 20));
    Judgement middle =
        matcher.judge(image(4), withPart(4, 0x1F_FFFFL << 10, View.CENTRE_60, -1L >>> 10));

    assertThat(bordered.matches()).containsExactly(match("1", 0, View.TRIMMED, View.TRIMMED));
    assertThat(middle.matches()).isEmpty();
  }

  @Test
  void aRemovedImageIsFoundByNoneOfItsParts() {
    matcher.judge(image(1), withPart(1, 0, View.CENTRE_60, -1L >>> 10));

    matcher.remove(image(1));

    assertThat(matcher.judge(image(2), picture(2, -1L >>> 10)).matches()).isEmpty();
  }

  @Test
  void partsThatAreNotLookedAtAreNotFiled() {
    Matcher whole =
        new Matcher(
            new MatchSettings(new Threshold(ALGORITHM, 10), Orientations.ALL, Views.NONE),
            store,
            ImageIndex.over(store, LinearIndex::new));

    whole.judge(image(1), withPart(1, 0, View.CENTRE_60, -1L >>> 10));

    assertThat(store.find(image(1)).orElseThrow().codes()).containsOnlyKeys(View.WHOLE);
    assertThat(whole.judge(image(2), picture(2, -1L >>> 10)).matches()).isEmpty();
  }

  private static Match match(String id, int distance, View view, View matchedView) {
    return new Match(
        id,
        0,
        Match.Kind.NEAR,
        ALGORITHM,
        distance,
        1 - distance / 72.0,
        Orientation.UPRIGHT,
        view,
        matchedView);
  }

  private static Fingerprint withPart(int file, long hash, View view, long partHash) {
    Fingerprint whole = picture(file, hash);
    return new Fingerprint(
        whole.sha256(),
        whole.bytes(),
        whole.format(),
        1,
        1,
        whole.quality(),
        whole.hashes(),
        List.of(),
        "",
        Measures.NONE,
        List.of(part(view, partHash)));
  }

  @Test
  void whatVeryManyImagesShareIsCountedAndTheFirstAreListed() {
    int many = Search.LISTED + 20;
    for (int i = 0; i < many; i++) {
      matcher.judge(image(i), withPart(i, 0, View.CENTRE_85, 0));
    }

    Judgement judgement = matcher.judge(image(many), withPart(many, 0, View.CENTRE_85, 0));

    assertThat(judgement.matchCount()).isEqualTo(many);
    assertThat(judgement.matches())
        .extracting(Match::position)
        .isEqualTo(LongStream.range(0, DuplicateFound.MAX_MATCHES).boxed().toList());
  }

  @Test
  void equalFeaturelessImagesInGreatNumberAreCountedToo() {
    int many = Search.LISTED + 20;
    for (int i = 0; i < many; i++) {
      matcher.judge(image(i), featureless());
    }
    matcher.remove(image(0));

    Judgement judgement = matcher.judge(image(many), featureless());

    assertThat(judgement.matchCount()).isEqualTo(many - 1);
    assertThat(judgement.matches().getFirst().position()).isOne();
    assertThat(judgement.matches()).hasSize(DuplicateFound.MAX_MATCHES);
  }

  private static Fingerprint featureless() {
    return fingerprint(1, 0xFFL, Fingerprint.MIN_QUALITY - 1);
  }

  @Test
  void aHashIsLookedUpAmongAllPartsWithoutAnImage() {
    matcher.judge(image(1), withPart(1, 0, View.CENTRE_85, -1L >>> 20));
    matcher.judge(image(2), picture(2, 3));

    Lookup lookup = matcher.lookup("default", BinaryCode.ofNumber(BigInteger.ONE, BITS), 2, 1);
    Lookup part =
        matcher.lookup("default", BinaryCode.ofNumber(BigInteger.valueOf(-1L >>> 20), BITS), 2, 9);

    assertThat(lookup.hits()).containsExactly(new Lookup.Hit("1", 0, 1, View.WHOLE));
    assertThat(lookup.count()).isEqualTo(2);
    assertThat(lookup.searched()).isEqualTo(2);
    assertThat(part.hits()).containsExactly(new Lookup.Hit("1", 0, 0, View.CENTRE_85));
    assertThat(matcher.lookup("other", BinaryCode.ofNumber(BigInteger.ONE, BITS), 2, 1))
        .isEqualTo(new Lookup(List.of(), 0, 0, 2));
  }

  @Test
  void aFingerprintWithoutTheHashIsRefusedBeforeAnythingChanges() {
    matcher.judge(image(1), picture(1, 0));
    Fingerprint lacking = new Fingerprint(sha256(2), 9, "png", 1, 1, 50, List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> matcher.judge(image(1), lacking))
        .withMessageContaining(ALGORITHM);

    assertThat(store.find(image(1))).isPresent();
  }

  private static Matcher matcher(int radius, FingerprintStore store) {
    return new Matcher(
        new MatchSettings(new Threshold(ALGORITHM, radius), Orientations.ALL, Views.ALL),
        store,
        ImageIndex.over(store, LinearIndex::new));
  }

  private static ImageKey image(int number) {
    return new ImageKey("default", Integer.toString(number));
  }

  private static Fingerprint withPixels(Fingerprint plain, String pixels) {
    return with(plain, plain.hashes(), plain.turned(), pixels);
  }

  private static Fingerprint picture(int file, long hash) {
    return fingerprint(file, hash, Fingerprint.MIN_QUALITY);
  }

  private static Fingerprint featureless(int file) {
    return fingerprint(file, 0, Fingerprint.MIN_QUALITY - 1);
  }
}
