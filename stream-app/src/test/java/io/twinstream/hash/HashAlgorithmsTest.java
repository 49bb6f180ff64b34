package io.twinstream.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.brachtendorf.jimagehash.hashAlgorithms.AverageHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.DifferenceHash;
import dev.brachtendorf.jimagehash.hashAlgorithms.HashingAlgorithm;
import dev.brachtendorf.jimagehash.hashAlgorithms.PerceptiveHash;
import io.twinstream.picture.GreyPicture;
import io.twinstream.picture.Orientation;
import io.twinstream.schema.BinaryCode;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HashAlgorithmsTest {
  static Stream<String> names() {
    return Stream.of(
        "PDQ",
        "PerceptiveHash(256)",
        "PerceptiveHash(64)",
        "PerceptiveHash(72)",
        "DifferenceHash(64)",
        "DifferenceHash(64,Double)",
        "DifferenceHash(64,Triple)",
        "AverageHash(64)",
        "AverageHash(72)",
        "AverageKernelHash(64)",
        "MedianHash(64)",
        "WaveletHash(32,4)",
        "RotAverageHash(64)",
        "RotPHash(64)",
        "RotPHash(64,Truncated)");
  }

  static Stream<String> libraryNames() {
    return names().filter(name -> !name.equals("PDQ"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PDQ | 256",
        "PerceptiveHash(256) | 256",
        "DifferenceHash(64) | 72",
        "DifferenceHash(64,Double) | 144",
        "DifferenceHash(64,Triple) | 208",
        "AverageHash(64) | 64",
        "RotPHash(64) | 79",
        "RotPHash(64,Truncated) | 64",
        "WaveletHash(32,4) | 25"
      })
  void theWidthIsTheTrueOneAndNotTheOneInTheName(String name, int bits) {
    PictureHasher hasher = HashAlgorithms.named(name);

    assertThat(hasher.bits()).isEqualTo(bits);
    assertThat(hasher.hash(upright(GreyPictures.photoLike(1, 200, 150))).bits()).isEqualTo(bits);
  }

  @Test
  void theWidthStaysWhereAHashBeginsWithZeros() {
    PictureHasher hasher = HashAlgorithms.named("AverageHash(64)");
    GreyPicture oneSpot = GreyPictures.of(80, 80, (x, y) -> x < 10 && y < 10 ? 255 : 0);

    assertThat(hasher.hash(upright(oneSpot)).toHex()).isEqualTo("0000000000000001");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNameComesBackAsItWasGivenButForSpaces(String name) {
    assertThat(HashAlgorithms.named(name).algorithm()).isEqualTo(name);
    assertThat(HashAlgorithms.named(" " + name.replace(",", " , ") + " ").algorithm())
        .isEqualTo(name);
  }

  @Test
  void perceptiveHashHasTheBitsThatTheLibraryGivesForTheSameLuma() {
    PictureHasher hasher = HashAlgorithms.named("PerceptiveHash(256)");
    HashingAlgorithm library = new PerceptiveHash(256);
    for (int seed = 0; seed < 20; seed++) {
      GreyPicture square = GreyPictures.photoLike(seed, 64, 64);

      assertThat(hasher.hash(upright(square)))
          .isEqualTo(
              BinaryCode.ofNumber(library.hash(GreyPictures.buffered(square)).getHashValue(), 256));
    }
  }

  @ParameterizedTest
  @MethodSource("libraryNames")
  void theLibraryIsGivenTheVerySizeThatItWorksOn(String name) {
    JImageHasher hasher = (JImageHasher) HashAlgorithms.named(name);
    GreyPicture small = GreyPictures.noise(4, hasher.width(), hasher.height());
    GreyPicture enlarged =
        GreyPictures.of(
            3 * small.width(),
            5 * small.height(),
            (x, y) -> small.luma()[y / 5 * small.width() + x / 3]);

    // A pixel that its own scaling left out or doubled would change the hash of noise.
    assertThat(hasher.hash(upright(enlarged))).isEqualTo(hasher.hash(upright(small)));
    assertThat(sizeThatTheLibraryAsksFor(name)).isEqualTo(hasher.width() + "x" + hasher.height());
  }

  @ParameterizedTest
  @ValueSource(strings = {"AverageHash(64)", "DifferenceHash(64)", "PerceptiveHash(64)"})
  void aFinePatternIsGreyAndNotWhatItsNearestPixelsHappenToBe(String name) {
    GreyPicture scene = GreyPictures.photoLike(11, 312, 312);
    GreyPicture patterned =
        GreyPictures.of(
            312, 312, (x, y) -> (scene.luma()[y * 312 + x] & 0xFF) / 2 + 127 * ((x + y) % 2));
    GreyPicture plain =
        GreyPictures.of(312, 312, (x, y) -> (scene.luma()[y * 312 + x] & 0xFF) / 2 + 63);
    HashingAlgorithm library =
        switch (name) {
          case "AverageHash(64)" -> new AverageHash(64);
          case "DifferenceHash(64)" -> new DifferenceHash(64, DifferenceHash.Precision.Simple);
          default -> new PerceptiveHash(64);
        };
    PictureHasher hasher = HashAlgorithms.named(name);

    int averaged = hasher.hash(upright(patterned)).distance(hasher.hash(upright(plain)));
    int nearest =
        library
            .hash(GreyPictures.buffered(patterned))
            .hammingDistanceFast(library.hash(GreyPictures.buffered(plain)));

    assertThat(averaged).isLessThanOrEqualTo(3).isLessThan(nearest);
  }

  @ParameterizedTest
  @MethodSource("names")
  void aWayIsTheHashOfTheTurnedPicture(String name) {
    PictureHasher hasher = HashAlgorithms.named(name);
    // The same for PDQ only where its windows have the same place from both ends.
    GreyPicture picture = GreyPictures.photoLike(3, 64, 64);

    for (Orientation stored : Orientation.values()) {
      hasher
          .hashes(new UprightPicture(picture, stored), Orientations.ALL)
          .forEach((way, hash) ->
              assertThat(hash.distance(hasher.hash(upright(way.apply(stored.apply(picture))))))
                  .as("stored %s, looked at %s", stored, way)
                  .isLessThanOrEqualTo(hasher.bits() / 64));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFirstWayIsTheHashItself(String name) {
    PictureHasher hasher = HashAlgorithms.named(name);
    UprightPicture picture =
        new UprightPicture(GreyPictures.photoLike(5, 300, 200), Orientation.TURN_90);

    assertThat(hasher.hashes(picture, Orientations.NONE))
        .containsExactlyEntriesOf(
            Collections.singletonMap(Orientation.UPRIGHT, hasher.hash(picture)));
    assertThat(hasher.hashes(picture, Orientations.ROTATIONS)).hasSize(4);
    assertThat(hasher.hashes(picture, Orientations.ALL))
        .hasSize(8)
        .containsEntry(Orientation.UPRIGHT, hasher.hash(picture));
  }

  @ParameterizedTest
  @MethodSource("names")
  void manyThreadsHaveTheHashesThatOneHas(String name) throws Exception {
    List<GreyPicture> pictures =
        IntStream.range(0, 40).mapToObj(seed -> GreyPictures.photoLike(seed, 97, 83)).toList();
    PictureHasher alone = HashAlgorithms.named(name);
    List<BinaryCode> expected = pictures.stream().map(p -> alone.hash(upright(p))).toList();
    PictureHasher shared = HashAlgorithms.named(name);

    List<Future<List<BinaryCode>>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        results.add(
            threads.submit(() -> pictures.stream().map(p -> shared.hash(upright(p))).toList()));
      }
    }

    for (Future<List<BinaryCode>> result : results) {
      assertThat(result.get()).isEqualTo(expected);
    }
  }

  @Test
  void algorithmsOfOneSizeShareTheShrunkenPicture() {
    UprightPicture picture = upright(GreyPictures.photoLike(1, 300, 200));

    assertThat(picture.averaged(64, 64)).isSameAs(picture.averaged(64, 64));
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatAreKnown() {
    assertThatThrownBy(() -> HashAlgorithms.named("MagicHash(64)"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MagicHash(64)")
        .hasMessageContaining("PDQ, PerceptiveHash(BITS)")
        .hasMessageContaining("WaveletHash(BITS,CYCLES)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | looks like",
        "Perceptive Hash(64)       | looks like",
        "AverageHash(x)            | looks like",
        "AverageHash(99999999999)  | looks like",
        "AverageHash               | needs its bits",
        "AverageHash(0)            | 1 to 1024",
        "AverageHash(1025)         | 1 to 1024",
        "AverageHash(64,3)         | nothing but its bits",
        "PDQ(128)                  | always has 256 bits",
        "WaveletHash(64)           | cycles",
        "WaveletHash(64,0)         | cycles",
        "WaveletHash(64,9)         | at most 1024",
        "RotAverageHash(1024)      | at most 1024",
        "RotPHash(64,Short)        | Truncated",
        "DifferenceHash(64,Simple) | Double, Triple or nothing",
        "DifferenceHash(1024,Triple) | 1 to 1024",
        "AverageColorHash(64)      | works on colours",
        "HogHash(64)               | experimental",
        "HogHashDual(64)           | experimental"
      })
  void whatCannotBeUsedIsRefusedWithTheReason(String name, String reason) {
    assertThatThrownBy(() -> HashAlgorithms.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void noAlgorithmIsNamedTwice() {
    assertThat(HashAlgorithms.named(List.of("PDQ", "PerceptiveHash(256)", "PerceptiveHash(64)")))
        .hasSize(3);
    assertThatThrownBy(() -> HashAlgorithms.named(List.of("PDQ", "AverageHash(64)", " PDQ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PDQ is named twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PerceptiveHash(%s)",
        "DifferenceHash(%s)",
        "AverageHash(%s)",
        "AverageKernelHash(%s)",
        "MedianHash(%s)",
        "WaveletHash(%s,2)",
        "RotPHash(%s)"
      })
  void allBitsGiveAHashOrAReason(String shape) {
    GreyPicture picture = GreyPictures.photoLike(1, 100, 80);
    int usable = 0;
    for (int bits = 1; bits <= 1024; bits += bits < 20 ? 1 : 67) {
      String name = shape.formatted(bits);
      try {
        PictureHasher hasher = HashAlgorithms.named(name);
        assertThat(hasher.hash(upright(picture)).bits()).as(name).isEqualTo(hasher.bits());
        usable++;
      } catch (IllegalArgumentException e) {
        assertThat(e).as(name).hasMessageContaining(name);
      }
    }
    assertThat(usable).isGreaterThan(25);
  }

  @Test
  void everyAlgorithmOfTheLibraryIsKnownOrRefusedByItsName() throws Exception {
    for (String algorithm : algorithmsOfTheLibrary()) {
      String known = String.join(" ", HashAlgorithms.known());
      if (!known.contains(algorithm + "(")) {
        assertThatThrownBy(() -> HashAlgorithms.named(algorithm + "(64)"))
            .as(algorithm)
            .isInstanceOf(IllegalArgumentException.class)
            .message()
            .doesNotContain("there is no hash algorithm");
      }
    }
  }

  private static List<String> algorithmsOfTheLibrary()
      throws IOException, URISyntaxException, ClassNotFoundException {
    File library =
        new File(
            HashingAlgorithm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> algorithms = new ArrayList<>();
    try (JarFile jar = new JarFile(library)) {
      for (String entry :
          jar.stream()
              .map(file -> file.getName())
              .filter(name -> name.contains("/hashAlgorithms/") && name.endsWith("Hash.class"))
              .toList()) {
        Class<?> type = Class.forName(entry.replace('/', '.').replace(".class", ""));
        if (HashingAlgorithm.class.isAssignableFrom(type)
            && !Modifier.isAbstract(type.getModifiers())) {
          algorithms.add(type.getSimpleName());
        }
      }
    }
    assertThat(algorithms).contains("PerceptiveHash", "AverageColorHash", "HogHash");
    return algorithms;
  }

  private static String sizeThatTheLibraryAsksFor(String name) {
    AskedSize asked = new AskedSize();
    asked.algorithm(name).hash(GreyPictures.buffered(GreyPictures.noise(1, 9, 9)));
    return asked.size();
  }

  private static UprightPicture upright(GreyPicture picture) {
    return new UprightPicture(picture, Orientation.UPRIGHT);
  }
}
