package io.twinstream.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.RetryPolicy;
import io.twinstream.politeness.HostLimits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

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
    assertThat(said.at("/limits/perHostInStream").asInt()).isEqualTo(7);
    assertThat(said.at("/limits/perHostInScan").asInt()).isEqualTo(7);
  }

  @Test
  void limitsAreThoseOfStreamAndOfScan() throws Exception {
    assertThat(
            run(
                "--json",
                "--host-rate=0.5",
                "--tries=2",
                "--breaker-failures=9",
                "--idle-timeout=60",
                "http://1.1.1.1/"))
        .isZero();

    JsonNode limits = new ObjectMapper().readTree(out.toString()).path("limits");
    assertThat(limits.path("perHostInStream").asInt()).isEqualTo(4);
    assertThat(limits.path("perHostInScan").asInt()).isEqualTo(16);
    assertThat(limits.path("perHostAndSecond").asDouble()).isEqualTo(0.5);
    assertThat(limits.path("tries").asInt()).isEqualTo(2);
    assertThat(limits.path("failuresInARow").asInt()).isEqualTo(9);
    assertThat(limits.path("idleMillis").asInt()).isEqualTo(60_000);
    assertThat(limits.path("headMillis").asInt()).isEqualTo(60_000);
  }

  @Test
  void withoutOptionsLimitsAreTheDefaultOnes() {
    FetchOptions fetching = new FetchOptions();
    PolitenessOptions politeness = new PolitenessOptions();
    CommandSpec spec = CommandSpec.create();
    spec.addMixin("fetching", CommandSpec.forAnnotatedObject(fetching));
    spec.addMixin("politeness", CommandSpec.forAnnotatedObject(politeness));
    new CommandLine(spec).parseArgs();

    assertThat(fetching.limits()).isEqualTo(FetchLimits.DEFAULT);
    assertThat(politeness.retry()).isEqualTo(RetryPolicy.DEFAULT);
    assertThat(politeness.hosts(4)).isEqualTo(HostLimits.DEFAULT);
  }

  @Test
  void filesAreJudgedByTheFoldersThatAreAllowed(@TempDir Path folder) throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    String inside = Files.createFile(root.resolve("a.jpg")).toUri().toString();
    String outside = Files.createFile(folder.resolve("b.jpg")).toUri().toString();

    assertThat(run("--json", inside)).isEqualTo(3);
    assertThat(run("--json", "--root=" + root, inside)).isZero();
    assertThat(run("--json", "--root=" + root, outside)).isEqualTo(3);

    List<String> rules = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      rules.add(new ObjectMapper().readTree(line).path("rule").asText());
    }
    assertThat(rules).containsExactly("unsupported-scheme", "null", "forbidden-path");
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
    "--max-bytes-per-second=0, --max-bytes-per-second is 1 or more",
    "--max-bytes=3000000000, '--max-bytes: a body'",
    "--connect-timeout=0, --connect-timeout is 1 to 3600 seconds",
    "--max-redirects=21, --max-redirects is 0 to 20",
    "--tries=0, --tries is 1 or more",
    "--retry-wait=61, --retry-wait is 0 to 60 seconds",
    "--breaker-failures=0, --breaker-failures is 1 or more"
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
