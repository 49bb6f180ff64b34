package io.twinstream.fetch;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.fetch.address.Rule;
import io.twinstream.schema.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What the page of fetching says of reasons, rules, limits and bad manners is what the code has and
 * the hostile suite tries. {@code .ci/docs} writes its tables anew.
 */
class FetchingPageTest {
  private static final Path PAGE = Path.of("..", "docs", "fetching.md");
  private static final boolean APPLY = "apply".equals(System.getProperty("docs"));
  private static final Pattern MADE =
      Pattern.compile("<!-- made: (\\S+) -->\n(.*?)<!-- end -->\n", Pattern.DOTALL);
  private static final Pattern RULE = Pattern.compile("^\\| `([a-z0-9-]+)` \\|", Pattern.MULTILINE);

  @Test
  void tablesAreWhatTheCodeHas() throws IOException {
    String made =
        MADE.matcher(Files.readString(PAGE))
            .replaceAll(match ->
                "<!-- made: %s -->\n%s<!-- end -->\n"
                    .formatted(match.group(1), table(match.group(1)))
                    .replace("\\", "\\\\")
                    .replace("$", "\\$"));
    if (APPLY) {
      Files.writeString(PAGE, made);
    }
    assertThat(PAGE)
        .as("tables of docs/fetching.md are made from the code; .ci/docs writes them anew")
        .hasContent(made);
    assertThat(MADE.matcher(made).results().map(match -> match.group(1)))
        .containsExactly("limits", "behaviours", "reasons");
  }

  @Test
  void everyRuleIsDescribedAndNoOther() throws IOException {
    String page = Files.readString(PAGE);
    String section = page.substring(page.indexOf("## Who may be asked"), page.indexOf("## Limits"));

    assertThat(RULE.matcher(section).results().map(match -> match.group(1)))
        .containsExactlyElementsOf(Arrays.stream(Rule.values()).map(Rule::toString).toList());
  }

  private static String table(String name) {
    return switch (name) {
      case "limits" -> limits();
      case "behaviours" ->
          rows("| a server that … | comes to | tried again |", Behaviours.all(), Behaviour::row);
      case "reasons" ->
          rows(
              "| reason | tried again | what it means | what you can do |",
              List.of(FailureReason.values()),
              FetchingPageTest::row);
      default -> throw new AssertionError("there is no such table: " + name);
    };
  }

  private static <T> String rows(String head, List<T> things, Function<T, String> row) {
    String line = head.replaceAll("[^|]+", "---");
    return things.stream().map(row).collect(joining("\n", head + "\n" + line + "\n", "\n"));
  }

  private static String limits() {
    FetchLimits limits = FetchLimits.DEFAULT;
    return String.join(
        "\n",
        "| what | default | beyond it |",
        "|---|---|---|",
        "| looking up a name | %s | `timeout` |".formatted(seconds(limits.lookup())),
        "| connecting, TLS and all addresses of the name included | %s | `timeout` |"
            .formatted(seconds(limits.connect())),
        "| from the request to the end of the answer's head | %s | `timeout` if nothing came,"
                .formatted(seconds(limits.head()))
            + " else `too-slow` |",
        "| silence between two reads | %s | `timeout` |".formatted(seconds(limits.idle())),
        "| the whole, redirects to the same host included | %s | `too-slow` |"
            .formatted(seconds(limits.total())),
        "| the least rate of a body | %,d bytes/s on average, after %s of body | `too-slow` |"
            .formatted(limits.leastRate(), seconds(limits.grace())),
        "| headers | 256 KB | `connection-failed` |",
        "| body, after decompression | %,d bytes | `too-large` |".formatted(limits.bodyBytes()),
        "| file | %,d bytes | `too-large` |".formatted(limits.fileBytes()),
        "| redirects | %d | `bad-redirect` |".formatted(limits.redirects()),
        "| bytes a second, of all downloads of an instance | none | they wait |",
        "");
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private static String row(FailureReason reason) {
    return "| `%s` | %s | %s | %s |"
        .formatted(reason, again(reason), meaning(reason), help(reason));
  }

  private static String again(FailureReason reason) {
    return reason == FailureReason.HTTP_STATUS
        ? "%s after 408, 425, 429 and 5xx, else %s"
            .formatted(Behaviour.again(reason.retry(503)), Behaviour.again(reason.retry(403)))
        : Behaviour.again(reason.retry(0));
  }

  private static String meaning(FailureReason reason) {
    return switch (reason) {
      case INVALID_SOURCE ->
          "no address, or one that hides where it leads: `http://2130706433/`,"
              + " `http://user@host/`";
      case UNSUPPORTED_SCHEME -> "a scheme that is not fetched here: `ftp://…`";
      case FORBIDDEN_ADDRESS -> "a [rule](#who-may-be-asked) forbids it: `http://10.0.0.1/`";
      case FORBIDDEN_PATH -> "outside the allowed folders, or no regular file: `file:///dev/zero`";
      case NOT_FOUND -> "no such file, or HTTP 404 or 410";
      case ACCESS_DENIED -> "a file that this process may not read";
      case HTTP_STATUS -> "an answer without a picture: 403, 500, also 204 and 206";
      case BAD_REDIRECT ->
          "too many redirects, one to nowhere, to another scheme, or from https to http";
      case UNKNOWN_HOST -> "the name has no address";
      case CONNECTION_FAILED ->
          "refused, reset, cut off, or no HTTP: a body shorter than was promised; also a file"
              + " that can't be read";
      case TLS_FAILED -> "not secured: a certificate that has expired, or of another host";
      case TIMEOUT -> "nothing came for too long";
      case TOO_SLOW -> "something came, but too slowly: a byte a second";
      case HOST_UNAVAILABLE ->
          "the host failed five times in a row, and again each time that it was tried after that";
      case TOO_LARGE -> "more bytes than allowed, also once unpacked";
      case NOT_AN_IMAGE -> "no picture by its content, or nothing at all: a page that says 200";
      case UNSUPPORTED_FORMAT -> "a known format that can't be decoded here";
      case CORRUPT -> "a picture, but broken: half a file";
      case TOO_MANY_PIXELS -> "more pixels than allowed, by its header";
      case DECODER_TIMEOUT -> "decoding took too long";
      case DECODER_CRASHED -> "decoding ended the decoder";
      case SUPERSEDED -> "a newer event or a removal of the same image came meanwhile";
      case CANCELLED -> "an operator gave it up";
      case INTERNAL_ERROR -> "a mistake in this app";
    };
  }

  private static String help(FailureReason reason) {
    return switch (reason) {
      case INVALID_SOURCE -> "write the address plainly; `explain-url` says what is odd about it";
      case UNSUPPORTED_SCHEME ->
          "use http or https, allow folders (`--root`), or add [a provider](#other-sources)";
      case FORBIDDEN_ADDRESS ->
          "`--allow-network`, `--allow-port`, `--allow-host` or `--allow-private`, if it is meant";
      case FORBIDDEN_PATH -> "`--root` allows a folder";
      case NOT_FOUND -> "send the event again once it is there";
      case ACCESS_DENIED -> "give this user the right to read it";
      case HTTP_STATUS -> "401, 403: the server wants to know you; 429: ask it less often";
      case BAD_REDIRECT -> "send the address that it leads to in the end";
      case UNKNOWN_HOST -> "mend the name, or the name server";
      case CONNECTION_FAILED, TIMEOUT -> "see whether the server is up, then send it again";
      case TLS_FAILED -> "have the certificate mended";
      case TOO_SLOW -> "send it again when the server has less to do";
      case HOST_UNAVAILABLE -> "wait until the host is well; the events before it say what ails it";
      case TOO_LARGE, TOO_MANY_PIXELS -> "send a smaller version";
      case NOT_AN_IMAGE -> "see what the address shows a browser without a log-in";
      case UNSUPPORTED_FORMAT -> "send JPEG, PNG, GIF, WebP, BMP or TIFF";
      case CORRUPT -> "send the whole file";
      case DECODER_TIMEOUT, DECODER_CRASHED -> "save the picture anew and send that";
      case SUPERSEDED -> "nothing: the newer event has its own verdict";
      case CANCELLED -> "send the event again";
      case INTERNAL_ERROR -> "see the app's log, report it, send the event again";
    };
  }
}
