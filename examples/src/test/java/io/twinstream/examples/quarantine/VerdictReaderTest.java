package io.twinstream.examples.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictReaderTest {
  private static final String IMAGE = "default/holiday/copy.jpg";

  @Test
  void aDuplicateOfTheContractIsHeld() throws Exception {
    Ruling ruling = VerdictReader.read(IMAGE, example("duplicate-found"));

    assertThat(ruling)
        .isEqualTo(
            new Ruling.Hold(
                IMAGE,
                new EventPlace("image-metadata-0", 18),
                "https://example.org/copy.jpg",
                "holiday/beach.jpg",
                "near",
                2));
  }

  @Test
  void aUniqueImageOfTheContractIsReleased() throws Exception {
    assertThat(VerdictReader.read(IMAGE, example("unique")))
        .isEqualTo(new Ruling.Release(IMAGE, new EventPlace("image-metadata-0", 18)));
  }

  @Test
  void fieldsOfALaterWriterAreIgnored() throws Exception {
    byte[] verdict =
        """
        {"verdict": "unique", "version": 1, "event": "t-0@1", "later": {"more": [1]}}\
        """
            .getBytes(UTF_8);

    assertThat(VerdictReader.read(IMAGE, verdict).event()).isEqualTo(new EventPlace("t-0", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "{}",
        "{\"verdict\": \"unique\", \"version\": 1}",
        "{\"verdict\": \"unique\", \"version\": 2, \"event\": \"t-0@1\"}",
        "{\"verdict\": \"unique\", \"version\": 1, \"event\": \"nowhere\"}",
        "{\"verdict\": \"unique\", \"version\": 1, \"event\": \"t-0@99999999999999999999\"}",
        "{\"verdict\": \"maybe\", \"version\": 1, \"event\": \"t-0@1\"}",
        "{\"verdict\": \"duplicate-found\", \"version\": 1, \"event\": \"t-0@1\"}",
      })
  void whatIsNoVerdictIsRefused(String value) {
    assertThatExceptionOfType(RefusedRecordException.class)
        .isThrownBy(() -> VerdictReader.read(IMAGE, value.getBytes(UTF_8)));
  }

  private static byte[] example(String schema) throws Exception {
    try (InputStream in =
        VerdictReaderTest.class.getResourceAsStream(
            "/io/twinstream/schema/1/" + schema + ".json")) {
      ObjectMapper json = new ObjectMapper();
      return json.writeValueAsBytes(json.readTree(in).get("examples").get(0));
    }
  }
}
