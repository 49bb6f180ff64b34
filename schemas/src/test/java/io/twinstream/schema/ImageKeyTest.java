package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.schema.serde.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageKeyTest {
  @Property
  void aKeyIsReadAsItWasWritten(@ForAll("keys") ImageKey key) {
    assertThat(ImageKey.parse(key.toString())).isEqualTo(key);
    assertThat(ImageKeySerde.read(ImageKeySerde.write(key))).isEqualTo(key);
  }

  @Property
  void differentKeysAreWrittenDifferently(
      @ForAll("keys") ImageKey one, @ForAll("keys") ImageKey other) {
    assertThat(one.toString().equals(other.toString())).isEqualTo(one.equals(other));
  }

  @Property
  void aTextThatIsAKeyIsTheOneTextOfThatKey(@ForAll("almostKeys") String text) {
    try {
      assertThat(ImageKey.parse(text)).hasToString(text);
    } catch (IllegalArgumentException e) {
      // No key at all: nothing else to hold.
    }
  }

  @ParameterizedTest
  @CsvSource({
    "default, a.jpg,       default/a.jpg",
    "default, dir/a%2F.jpg, default/dir/a%2F.jpg",
    "a/b,     c,           a%2Fb/c",
    "100%,    c,           100%25/c",
    "%2F,     /,           %252F//",
    "ü,       \uD83D\uDE00, ü/\uD83D\uDE00"
  })
  void onlyTheCollectionIsEscaped(String collection, String id, String text) {
    assertThat(new ImageKey(collection, id)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2fb/c", "%/c", "%41/c", "a%2/c"})
  void otherSpellingsOfACollectionAreRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageKey.parse(text))
        .withMessage("only percent signs and slashes of the collection are escaped in a key");
  }

  @Test
  void partsMustNotBeEmpty() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageKey.parse("/a"))
        .withMessage("the collection of an image must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageKey.parse("a/"))
        .withMessage("the id of an image must not be empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageKey.parse("a"))
        .withMessage("not a key of the form collection/id: a");
  }

  @Test
  void theBoundIsInBytesOfTheWrittenForm() {
    assertThat(new ImageKey("c", "x".repeat(1022)).toString()).hasSize(ImageKey.MAX_BYTES);
    assertThat(new ImageKey("/".repeat(340), "xyz").toString()).hasSize(ImageKey.MAX_BYTES);
    assertThat(new ImageKey("c", "ü".repeat(511))).isNotNull();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageKey("c", "x".repeat(1023)))
        .withMessage("the key of an image has at most 1024 bytes, this one has 1025");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageKey("/".repeat(340), "wxyz"))
        .withMessageContaining("this one has 1025");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageKey("c", "ü".repeat(512)))
        .withMessageContaining("this one has 1026");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db"})
  void halfASurrogatePairIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ImageKey("c", text));
    assertThatIllegalArgumentException().isThrownBy(() -> new ImageKey(text, "a"));
  }

  @Test
  void bytesThatAreNoKeyAreRefused() {
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> ImageKeySerde.read(null))
        .withMessage("the record has no key; it must be collection/id");
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> ImageKeySerde.read(new byte[] {'c', '/', (byte) 0xFF}))
        .withMessage("the record's key is not UTF-8");
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> ImageKeySerde.read("c".getBytes(StandardCharsets.UTF_8)))
        .withMessage("the record's key: not a key of the form collection/id: c");
  }

  @Provide
  Arbitrary<ImageKey> keys() {
    return Combinators.combine(EventArbitraries.names(), EventArbitraries.names())
        .as(ImageKey::new);
  }

  @Provide
  Arbitrary<String> almostKeys() {
    return Arbitraries.strings().withChars("/%25Ff").ofMaxLength(12);
  }
}
