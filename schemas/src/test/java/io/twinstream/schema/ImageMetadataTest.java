package io.twinstream.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageMetadataTest {
  @Test
  void whatIsMissingGetsItsDefault() {
    ImageMetadata image = new ImageMetadata(null, "a", null, null);

    assertThat(image).isEqualTo(new ImageMetadata("default", "a", "", Attributes.NONE));
    assertThat(image.key()).hasToString("default/a");
  }

  @Test
  void whatExceedsItsBoundIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageMetadata("c", "a", "x".repeat(8193), Attributes.NONE))
        .withMessage("a source has at most 8,192 characters, this one has 8,193");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ImageMetadata("c", "a", "", Attributes.ofTexts(Map.of("a", "x".repeat(65_529)))))
        .withMessage("attributes have at most 65,536 bytes, these have 65,537");
  }
}
