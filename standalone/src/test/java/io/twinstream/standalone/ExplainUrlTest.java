package io.twinstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Addresses only, no names: what a name server says differs from place to place. */
class ExplainUrlTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatIsAllowedIsSaidWithItsAddressesAndLimits() throws Exception {
    assertThat(run("--json", "--per-host=7", "http://1.1.1.1/a b")).isZero();

    JsonNode said = new ObjectMapper().readTree(out.toString());
    assertThat(said.path("url").asText()).isEqualTo("http://1.1.1.1/a b");
    assertThat(said.path("readAs").asText()).isEqualTo("http://1.1.1.1/a%20b");
    assertThat(said.path("allowed").asBoolean()).isTrue();
    assertThat(said.path("rule").isNull()).isTrue();
    assertThat(said.path("host").asText()).isEqualTo("1.1.1.1");
    assertThat(said.path("port").asInt()).isEqualTo(80);
    assertThat(said.at("/addresses/0/address").asText()).isEqualTo("1.1.1.1");
    assertThat(said.at("/addresses/0/allowed").asBoolean()).isTrue();
    assertThat(said.at("/limits/perHost").asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.1.2.3/, private",
    "http://127.1/, odd-host",
    "http://1.1.1.1:22/, port",
    "http://localhost/, loopback",
    "ftp://a/, scheme",
    "http://a@b/, user-info"
  })
  void whatIsRefusedIsSaidByRule(String url, String rule) throws Exception {
    assertThat(run("--json", url)).isEqualTo(3);

    JsonNode said = new ObjectMapper().readTree(out.toString());
    assertThat(said.path("allowed").asBoolean()).isFalse();
    assertThat(said.path("rule").asText()).isEqualTo(rule);
    assertThat(said.path("addresses").isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "--allow-private, http://10.1.2.3:8080/",
    "--allow-network=10.1.0.0/16, http://10.1.2.3/",
    "--allow-port=22, http://1.1.1.1:22/",
    "--allow-host=1.1.1.1, http://1.1.1.1/"
  })
  void theOptionsOfFetchingHold(String option, String url) {
    assertThat(run(option, url)).isZero();
    assertThat(out.toString()).contains("allowed").doesNotContain("refused");
  }

  @Test
  void peopleReadWhichRuleRefusesAndWhatWouldAllow() {
    assertThat(run("http://10.1.2.3/")).isEqualTo(3);

    assertThat(out.toString()).contains("refused", "private", "--allow-network");
  }

  @Test
  void addressesComeFromStandardInputToo() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("http://1.1.1.1/\n\nhttp://10.0.0.1/\n".getBytes(UTF_8)));
    try {
      assertThat(run("--json", "-")).isEqualTo(3);
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--allow-network=10.1.0.1/16, 10.1.0.1/16 is no network",
    "--allow-host=a/b, a/b is no host",
    "--allow-port=70000, a port is 1 to 65535",
    "--max-bytes-per-second=0, --max-bytes-per-second is 1 or more"
  })
  void whatIsNoSettingIsRefusedByName(String option, String told) {
    assertThat(run(option, "http://1.1.1.1/")).isEqualTo(2);
    assertThat(err.toString()).contains(told);
  }

  private int run(String... args) {
    List<String> line = new ArrayList<>(List.of("explain-url"));
    line.addAll(List.of(args));
    CommandLine command =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.run(command, line.toArray(String[]::new));
  }
}
