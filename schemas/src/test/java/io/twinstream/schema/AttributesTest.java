package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AttributesTest {
  @Test
  void anAttributeIsGivenAsText() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("text", "a\"b").put("number", 1.5).put("flag", true).putNull("nothing");
    json.putObject("object").put("x", 1);
    json.putArray("array").add("y");

    Attributes attributes = Attributes.of(json);

    assertThat(attributes.names())
        .containsExactly("text", "number", "flag", "nothing", "object", "array");
    assertThat(attributes.text("text")).isEqualTo("a\"b");
    assertThat(attributes.text("number")).isEqualTo("1.5");
    assertThat(attributes.text("flag")).isEqualTo("true");
    assertThat(attributes.text("nothing")).isEqualTo("null");
    assertThat(attributes.text("object")).isEqualTo("{\"x\":1}");
    assertThat(attributes.text("array")).isEqualTo("[\"y\"]");
    assertThat(attributes.text("absent")).isEmpty();
    assertThat(attributes.has("nothing")).isTrue();
    assertThat(attributes.has("absent")).isFalse();
  }

  @Test
  void onlyJsonNumbersAreGivenAsNumbers() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("whole", 7)
        .put("fraction", new BigDecimal("1.50"))
        .put("text", "7")
        .putNull("nothing");

    Attributes attributes = Attributes.of(json);

    assertThat(attributes.number("whole")).contains(new BigDecimal("7"));
    assertThat(attributes.number("fraction")).contains(new BigDecimal("1.50"));
    assertThat(attributes.number("text")).isEmpty();
    assertThat(attributes.number("nothing")).isEmpty();
    assertThat(attributes.number("absent")).isEmpty();
  }

  @Test
  void changingTheObjectThatWasGivenChangesNothing() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("a", 1);
    Attributes attributes = Attributes.of(json);

    json.put("a", 2);

    assertThat(attributes.text("a")).isEqualTo("1");
  }

  @Property(tries = 200)
  void theSizeIsThatOfTheWrittenForm(@ForAll("attributes") Attributes attributes) {
    assertThat(attributes.byteSize())
        .isEqualTo(attributes.toString().getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void whatCouldNotBeWrittenIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.ofTexts(Map.of("a", "\uD83D")))
        .withMessage(
            "a text in the attributes has half of a surrogate pair, which has no UTF-8 form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.ofTexts(Map.of("\uD83D", "a")))
        .withMessage(
            "a name in the attributes has half of a surrogate pair, which has no UTF-8 form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Attributes.of(nested(Attributes.MAX_DEPTH + 1)))
        .withMessage("attributes are nested at most 100 deep");
    assertThat(Attributes.of(nested(Attributes.MAX_DEPTH))).isNotNull();
  }

  private static ObjectNode nested(int depth) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (int i = 1; i < depth; i++) {
      json = JsonNodeFactory.instance.objectNode().set("x", json);
    }
    return json;
  }

  @Provide
  Arbitrary<Attributes> attributes() {
    return EventArbitraries.attributes();
  }
}
