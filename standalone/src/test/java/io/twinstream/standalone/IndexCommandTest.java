package io.twinstream.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.Threshold;
import io.twinstream.standalone.service.HealthEndpoint;
import io.twinstream.standalone.service.IndexPages;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of an instance that has not started its app yet, or of none. */
class IndexCommandTest {
  private static final String HASH = "0f".repeat(32);

  private HealthEndpoint instance;

  @BeforeEach
  void start() {
    instance = serving(new IndexPages(new Threshold("PDQ", 31), Optional::empty).all());
  }

  private static HealthEndpoint serving(Map<String, HealthEndpoint.Page> pages) {
    return HealthEndpoint.start(0, () -> true, () -> false, pages);
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          xyz0             |               | a hash by PDQ is 64 hexadecimal digits, not xyz0
          abc              |               | a hash by PDQ is 64 hexadecimal digits, not abc
          ''               |               | a hash by PDQ is 64 hexadecimal digits, not
          8f3c… & hash=00  |               | hexadecimal digits, not 8f3c… & hash=00
          0f0f             | --radius=257  | radius is 0 to 256, not 257
          0f0f             | --radius=-1   | radius is 0 to 256, not -1
          0f0f             | --radius=wide | Invalid value for option '--radius'
          0f0f             | --limit=1001  | limit is 0 to 1000, not 1001
          0f0f             | --limit=-1    | limit is 0 to 1000, not -1
          """)
  void whatCannotBeLookedUpIsRefusedWithItsReason(String hash, String option, String reason) {
    CommandRun run =
        option == null
            ? CommandRun.of("index", "lookup", hash, "--instance=" + address())
            : CommandRun.of("index", "lookup", hash, option, "--instance=" + address());

    assertThat(run.err()).contains(reason);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "0f0f0f0f0f0f0f0f"})
  void aHashOfAnotherWidthIsRefused(String part) {
    String wide = part.repeat(200);

    assertThat(lookup(part, address()).err()).contains("64 hexadecimal digits, not " + part);
    assertThat(lookup(wide, address()).err()).contains("64 hexadecimal digits, not " + wide);
    assertThat(lookup(part, address()).code()).isEqualTo(2);
    assertThat(lookup(wide, address()).code()).isEqualTo(2);
  }

  @Test
  void aHashWhoseWidthIsNoNumberOfWholeDigitsIsTaken() {
    // Of 79 bits.
    Threshold odd = new Threshold("RotPHash(64)", 5);
    try (HealthEndpoint other = serving(new IndexPages(odd, Optional::empty).all())) {
      String address = "http://localhost:" + other.port();

      assertThat(lookup("ff".repeat(9) + "fe", address).err()).contains("try again");
      assertThat(lookup("ff".repeat(10), address).err()).contains("beyond the width of 79");
    }
  }

  @Test
  void anInstanceThatIsNotAtWorkYetSaysSo() {
    CommandRun stats = CommandRun.of("index", "stats", "--instance=" + address());
    CommandRun lookup = lookup(HASH, address());

    assertThat(stats.err()).contains(address()).contains("try again");
    assertThat(stats.code()).isEqualTo(1);
    assertThat(lookup.err()).isEqualTo(stats.err());
    assertThat(lookup.code()).isEqualTo(1);
  }

  @Test
  void anAddressWhereNobodyListensIsNamedWithWhatToDo() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String nobody = "http://localhost:" + port;

    for (CommandRun run :
        new CommandRun[] {
          CommandRun.of("index", "stats", "--instance=" + nobody), lookup(HASH, nobody)
        }) {
      assertThat(run.err())
          .contains("no instance answers at " + nobody)
          .contains("start one with: twinstream stream")
          .contains("--instance");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void whoeverElseAnswersIsNoInstance() {
    try (HealthEndpoint other = serving(Map.of("/index", _ -> Optional.of(Map.of("size", 1))))) {
      String address = "http://localhost:" + other.port();

      CommandRun stats = CommandRun.of("index", "stats", "--instance=" + address);
      CommandRun lookup = lookup(HASH, address);

      assertThat(stats.err()).contains("at " + address + " is no instance of this version");
      assertThat(stats.code()).isEqualTo(1);
      assertThat(lookup.err()).isEqualTo(stats.err());
      assertThat(lookup.code()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8080",
        "8080",
        "",
        "http://",
        "http:///index",
        "https://localhost:8080",
        "http://local host",
        "http://localhost:99999",
        "http://localhost:0"
      })
  void anAddressOfAnotherFormIsRefused(String address) {
    CommandRun run = CommandRun.of("index", "stats", "--instance=" + address);

    assertThat(run.err()).contains("--instance is an address like http://localhost:8080, not");
    assertThat(run.code()).isEqualTo(2);
  }

  private static CommandRun lookup(String hash, String address) {
    return CommandRun.of("index", "lookup", hash, "--instance=" + address);
  }

  private String address() {
    return "http://localhost:" + instance.port();
  }
}
