package io.twinstream.ingest.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterTest {
  @Test
  void theHeaderShowsIt() {
    assertThat(detect("id,url\n;;;;;")).isEqualTo(',');
    assertThat(detect("id;url,x;y\n")).isEqualTo(';');
    assertThat(detect("\nid\turl\r,,,")).isEqualTo('\t');
    assertThat(detect("id|url")).isEqualTo('|');
  }

  @Test
  void whatIsQuotedDoesNotCount() {
    assertThat(detect("\"a,b,\nc,d\";url")).isEqualTo(';');
  }

  @Test
  void aSingleColumnHasACommaForWantOfAnother() {
    assertThat(detect("url\nhttp://a;b;c")).isEqualTo(',');
  }

  @Test
  void aConfiguredOneIsTakenAsItIs() {
    assertThat(Delimiter.of(":", "a,b".getBytes(UTF_8))).isEqualTo(':');
    assertThat(Delimiter.of("tab", new byte[0])).isEqualTo('\t');
    assertThat(Delimiter.of("\t", new byte[0])).isEqualTo('\t');
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",,", "\"", "\n", "é"})
  void whatCanNotPartFieldsIsRefused(String configured) {
    assertThatThrownBy(() -> Delimiter.parse(configured)).hasMessageContaining("ASCII");
  }

  private static char detect(String text) {
    return Delimiter.of(Delimiter.AUTO, text.getBytes(UTF_8));
  }
}
