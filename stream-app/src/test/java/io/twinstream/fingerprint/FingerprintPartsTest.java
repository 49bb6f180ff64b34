package io.twinstream.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.BinaryCode;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Orientation;
import io.twinstream.schema.PerceptualHash;
import io.twinstream.schema.Thumbnail;
import io.twinstream.schema.TurnedHash;
import io.twinstream.schema.View;
import io.twinstream.schema.ViewedHash;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What a fingerprint holds where it is asked for. */
class FingerprintPartsTest {
  private static final String HASH = "PerceptiveHash(256)";
  private static final FingerprintSettings PLAIN =
      with(List.of(HASH), Orientations.NONE, false, false);
  private static final BufferedImage SCENE = Pictures.scene(7, 300, 200);

  @Test
  void nothingIsThereThatWasNotAskedFor() {
    Fingerprint plain = done(FingerprintSettings.DEFAULT, SCENE, "png");

    assertThat(plain.turned()).isEmpty();
    assertThat(plain.pixelsSha256()).isEmpty();
    assertThat(plain.measures()).isEqualTo(Measures.NONE);
  }

  @Test
  void severalHashesAreMadeAtOnceInTheOrderOfTheirNames() {
    List<String> names = List.of("PDQ", HASH, "DifferenceHash(64)");
    Fingerprint fingerprint = done(with(names, Orientations.NONE, false, false), SCENE, "jpeg");

    assertThat(fingerprint.hashes()).extracting(PerceptualHash::algorithm).isEqualTo(names);
    assertThat(fingerprint.hash("DifferenceHash(64)").orElseThrow().bits()).isEqualTo(72);
    assertThat(fingerprint.hash("PDQ"))
        .isEqualTo(done(FingerprintSettings.DEFAULT, SCENE, "jpeg").hash("PDQ"));
  }

  @Test
  void aTurnedHashIsThatOfTheTurnedPicture() {
    FingerprintSettings all = with(List.of(HASH, "PDQ"), Orientations.ALL, false, false);
    Fingerprint fingerprint = done(all, SCENE, "png");
    Fingerprint turned = done(PLAIN, quarterTurn(SCENE), "png");

    assertThat(fingerprint.turned()).hasSize(14);
    BinaryCode expected =
        fingerprint.turned().stream()
            .filter(
                hash -> hash.algorithm().equals(HASH) && hash.orientation() == Orientation.TURN_90)
            .map(TurnedHash::code)
            .findFirst()
            .orElseThrow();
    assertThat(turned.hash(HASH).orElseThrow().distance(expected)).isLessThanOrEqualTo(4);
  }

  @Test
  void thePixelsOfLosslessCopiesHaveOneDigest() {
    FingerprintSettings settings = with(List.of(HASH), Orientations.NONE, false, true);

    Fingerprint png = done(settings, SCENE, "png");

    for (String format : List.of("bmp", "tiff")) {
      Fingerprint copy = done(settings, SCENE, format);
      assertThat(copy.sha256()).isNotEqualTo(png.sha256());
      assertThat(copy.pixelsSha256()).isEqualTo(png.pixelsSha256());
    }
    assertThat(done(settings, Pictures.scene(8, 300, 200), "png").pixelsSha256())
        .isNotEqualTo(png.pixelsSha256());
    assertThat(done(settings, SCENE, "jpeg").pixelsSha256()).isNotEqualTo(png.pixelsSha256());
  }

  @Test
  void measuresComeWithTheSameHashesAsWithoutThem() {
    FingerprintSettings settings = with(List.of(HASH), Orientations.NONE, true, false);

    Fingerprint measured = done(settings, SCENE, "jpeg");

    assertThat(measured.measures().isNone()).isFalse();
    assertThat(measured.measures().sharpness()).isPositive();
    assertThat(measured.measures().dominantColours()).isNotEmpty();
    assertThat(measured.measures().score().total()).isBetween(1, 100);
    BinaryCode plain = done(PLAIN, SCENE, "jpeg").hash(HASH).orElseThrow();
    assertThat(measured.hash(HASH).orElseThrow().distance(plain)).isLessThanOrEqualTo(4);
  }

  @Test
  void thumbnailsAreThereWhereTheyAreAskedForWhateverElseIsAskedFor() throws IOException {
    // At an eighth it would have fewer pixels than a thumbnail.
    byte[] square = Pictures.file(Pictures.scene(9, 2_100, 2_100), "jpeg");

    for (boolean measured : List.of(false, true)) {
      for (boolean pixelDigest : List.of(false, true)) {
        FingerprintSettings without = with(List.of(HASH), Orientations.NONE, measured, pixelDigest);
        assertThat(outcome(without, square).thumbnail()).isEqualTo(Thumbnail.NONE);

        FingerprintOutcome.Done done = outcome(without.withThumbnails(true), square);

        BufferedImage thumbnail =
            ImageIO.read(new ByteArrayInputStream(done.thumbnail().toBytes()));
        assertThat(thumbnail.getWidth()).isEqualTo(320);
        assertThat(thumbnail.getHeight()).isEqualTo(320);
        assertThat(distance(done, outcome(without, square))).isZero();
      }
    }
  }

  private static int distance(FingerprintOutcome.Done one, FingerprintOutcome.Done other) {
    BinaryCode code = one.fingerprint().hash(HASH).orElseThrow();
    return code.distance(other.fingerprint().hash(HASH).orElseThrow());
  }

  @Test
  void aHashThatNobodyKnowsIsRefusedAtTheStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new LocalFingerprinter(with(List.of("SoundHash(8)"), Orientations.NONE, false, false)))
        .withMessageContaining("PDQ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(List.of(), Orientations.NONE, false, false));
  }

  @Test
  void theHashOfAMiddleIsThatOfThePictureCutToIt() {
    Fingerprint fingerprint = done(withViews(Views.ALL), SCENE, "png");
    BufferedImage cut = SCENE.getSubimage(60, 40, 180, 120);

    assertThat(fingerprint.views())
        .extracting(ViewedHash::view)
        .containsExactly(View.CENTRE_85, View.CENTRE_60);
    BinaryCode middle = fingerprint.views().getLast().code();
    assertThat(done(FingerprintSettings.DEFAULT, cut, "png").hash("PDQ")).contains(middle);
  }

  @Test
  void aPictureInAFrameHasTheHashOfWhatTheFrameHolds() {
    BufferedImage framed = new BufferedImage(340, 260, BufferedImage.TYPE_INT_RGB);
    framed.createGraphics().drawImage(SCENE, 20, 30, null);

    Fingerprint fingerprint = done(withViews(Views.TRIMMED), framed, "png");

    assertThat(fingerprint.views()).extracting(ViewedHash::view).containsExactly(View.TRIMMED);
    BinaryCode trimmed = fingerprint.views().getFirst().code();
    BinaryCode bare = done(FingerprintSettings.DEFAULT, SCENE, "png").hash("PDQ").orElseThrow();
    assertThat(trimmed.distance(bare)).isLessThanOrEqualTo(8);
  }

  @Test
  void aMiddleWithNothingInItHasNoHash() {
    BufferedImage hollow = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    hollow.createGraphics().drawImage(SCENE, 0, 0, null);
    hollow.createGraphics().fillRect(50, 35, 200, 130);

    Fingerprint fingerprint = done(withViews(Views.ALL), hollow, "png");

    assertThat(fingerprint.views()).extracting(ViewedHash::view).doesNotContain(View.CENTRE_60);
  }

  @Test
  void digestsAndThumbnailsChangeNoHash() {
    // Of such sizes a thumbnail needs another scale than hashes, and a digest all pixels.
    for (int side : new int[] {620, 1_240, 2_300}) {
      byte[] file = Pictures.file(Pictures.scene(9, side, side), "jpeg");
      FingerprintSettings plain = with(List.of("PDQ"), Orientations.NONE, true, false);
      FingerprintSettings digested = with(List.of("PDQ"), Orientations.NONE, true, true);
      Fingerprint without = outcome(plain, file).fingerprint();

      Fingerprint withDigest = outcome(digested, file).fingerprint();
      Fingerprint withThumbnail = outcome(plain.withThumbnails(true), file).fingerprint();

      assertThat(withDigest.hashes()).isEqualTo(without.hashes());
      assertThat(withThumbnail).isEqualTo(without);
    }
  }

  private static FingerprintSettings withViews(Views views) {
    return new FingerprintSettings(
        50_000_000, List.of("PDQ"), Orientations.NONE, views, false, false, false);
  }

  private static BufferedImage quarterTurn(BufferedImage image) {
    int width = image.getHeight();
    int height = image.getWidth();
    BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      turned.setRGB(x, y, image.getRGB(y, width - 1 - x));
    }
    return turned;
  }

  private static FingerprintSettings with(
      List<String> hashes, Orientations orientations, boolean measured, boolean pixelDigest) {
    return new FingerprintSettings(
        50_000_000, hashes, orientations, Views.NONE, measured, pixelDigest, false);
  }

  private static Fingerprint done(
      FingerprintSettings settings, BufferedImage image, String format) {
    return outcome(settings, Pictures.file(image, format)).fingerprint();
  }

  private static FingerprintOutcome.Done outcome(FingerprintSettings settings, byte[] file) {
    return (FingerprintOutcome.Done) new LocalFingerprinter(settings).fingerprint(file);
  }
}
