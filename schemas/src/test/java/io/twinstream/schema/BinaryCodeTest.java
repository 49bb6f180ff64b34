package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;
import org.junit.jupiter.api.Test;

/** Against {@link BigInteger}, which knows bits too, but slowly. */
class BinaryCodeTest {
  @Property
  void isTheNumberItWasMadeFrom(
      @ForAll("twoNumbers") Tuple3<Integer, BigInteger, BigInteger> given) {
    int bits = given.get1();
    BigInteger number = given.get2();

    BinaryCode code = BinaryCode.ofNumber(number, bits);

    assertThat(code.bits()).isEqualTo(bits);
    assertThat(new BigInteger(1, code.toBytes()))
        .isEqualTo(number.shiftLeft(8 * code.toBytes().length - bits));
  }

  @Property
  void distanceIsTheNumberOfDifferentBits(
      @ForAll("twoNumbers") Tuple3<Integer, BigInteger, BigInteger> given) {
    BinaryCode one = BinaryCode.ofNumber(given.get2(), given.get1());
    BinaryCode other = BinaryCode.ofNumber(given.get3(), given.get1());

    assertThat(one.distance(other)).isEqualTo(given.get2().xor(given.get3()).bitCount());
    assertThat(other.distance(one)).isEqualTo(one.distance(other));
    assertThat(one.equals(other)).isEqualTo(given.get2().equals(given.get3()));
  }

  @Property
  void everyFormLeadsBack(@ForAll("twoNumbers") Tuple3<Integer, BigInteger, BigInteger> given) {
    int bits = given.get1();
    BinaryCode code = BinaryCode.ofNumber(given.get2(), bits);

    assertThat(BinaryCode.ofBytes(code.toBytes(), bits)).isEqualTo(code).hasSameHashCodeAs(code);
    assertThat(BinaryCode.ofHex(code.toHex(), bits)).isEqualTo(code);
    assertThat(code.toHex()).isEqualTo(HexFormat.of().formatHex(code.toBytes()));
  }

  @Property
  void wordsAndPrefixAreTheFirstBits(
      @ForAll("twoNumbers") Tuple3<Integer, BigInteger, BigInteger> given) {
    int bits = given.get1();
    BinaryCode code = BinaryCode.ofNumber(given.get2(), bits);

    BigInteger words = BigInteger.ZERO;
    for (int i = 0; i < code.wordCount(); i++) {
      words = words.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(code.word(i))));
    }

    int width = 64 * code.wordCount();
    assertThat(code.wordCount()).isEqualTo((bits + 63) / 64);
    assertThat(words).isEqualTo(given.get2().shiftLeft(width - bits));
    assertThat(code.prefix16()).isEqualTo(words.shiftRight(width - 16).intValueExact());
  }

  @Test
  void bitZeroIsTheTopBitOfTheFirstByte() {
    BinaryCode code = BinaryCode.ofNumber(BigInteger.ONE.shiftLeft(9), 10);

    assertThat(code.toHex()).isEqualTo("8000");
    assertThat(code.word(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(code).hasToString("10:8000");
  }

  @Test
  void theSameBitsInAnotherWidthAreAnotherCode() {
    assertThat(BinaryCode.ofHex("8000", 10)).isNotEqualTo(BinaryCode.ofHex("8000", 16));
  }

  @Test
  void changingTheBytesThatWereGivenOrTakenChangesNothing() {
    byte[] bytes = {1, 2};
    BinaryCode code = BinaryCode.ofBytes(bytes, 16);

    bytes[0] = 9;
    code.toBytes()[1] = 9;

    assertThat(code.toHex()).isEqualTo("0102");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofBytes(new byte[0], 0))
        .withMessage("a code has 1 to 1024 bits, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofBytes(new byte[129], 1025))
        .withMessage("a code has 1 to 1024 bits, not 1025");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofBytes(new byte[3], 16))
        .withMessage("3 bytes given for a code of 16 bits");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofHex("ff", 7))
        .withMessage("bits are set beyond the width of 7");
    assertThatIllegalArgumentException().isThrownBy(() -> BinaryCode.ofHex("fg", 8));
    assertThatIllegalArgumentException().isThrownBy(() -> BinaryCode.ofHex("fff", 12));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofNumber(BigInteger.valueOf(16), 4))
        .withMessage("the value does not fit into 4 bits");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofNumber(BigInteger.ONE.negate(), 4));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BinaryCode.ofHex("ff", 8).distance(BinaryCode.ofHex("fe", 7)))
        .withMessage("codes of 8 and 7 bits can't be compared");
  }

  @Provide
  Arbitrary<Tuple3<Integer, BigInteger, BigInteger>> twoNumbers() {
    return Arbitraries.integers()
        .between(1, BinaryCode.MAX_BITS)
        .flatMap(bits -> {
          Arbitrary<BigInteger> numbers =
              Arbitraries.bigIntegers()
                  .between(BigInteger.ZERO, BigInteger.TWO.pow(bits).subtract(BigInteger.ONE));
          return Combinators.combine(numbers, numbers)
              .as((one, other) -> Tuple.of(bits, one, other));
        });
  }
}
