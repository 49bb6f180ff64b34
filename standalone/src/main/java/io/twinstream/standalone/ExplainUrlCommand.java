package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.FetchOutcome.Failed;
import io.twinstream.fetch.FileFetcher;
import io.twinstream.fetch.RetryPolicy;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.Explanation;
import io.twinstream.fetch.address.Resolver;
import io.twinstream.fetch.address.Rule;
import io.twinstream.fetch.address.VettedDns;
import io.twinstream.politeness.HostLimits;
import io.twinstream.schema.FailureReason;
import io.twinstream.standalone.engine.BrokenException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream explain-url}. */
@Command(
    name = "explain-url",
    description = {
      "Says how an address is read, whether it would be fetched, by which rule not, and what its"
          + " name leads to. Looks names up, and asks nobody else.",
      "Takes the same options as scan and stream, so that it says what these would do."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all would be fetched",
      "1:something broke",
      "2:wrong options",
      "3:at least one is refused"
    })
final class ExplainUrlCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final String FILE = "file:";
  private static final String ALLOWED = "allowed";
  private static final String RULE = "rule";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      arity = "1..*",
      description = "An address; - reads them from standard input, one a line.")
  private List<String> urls;

  @Option(names = "--json", description = "Print a JSON object a line for each address.")
  private boolean json;

  @Mixin private FetchOptions fetching;
  @Mixin private PolitenessOptions politeness;

  @Override
  public Integer call() throws InterruptedException {
    AddressPolicy policy = fetching.addresses();
    List<Path> roots = fetching.roots();
    Map<String, Object> limits = limits();
    PrintWriter out = spec.commandLine().getOut();
    boolean allAllowed = true;
    try (VettedDns dns = new VettedDns(Resolver.SYSTEM, policy, fetching.limits().lookup())) {
      for (String url : all()) {
        Map<String, Object> answer =
            url.regionMatches(true, 0, FILE, 0, FILE.length())
                ? fieldsOfFile(url, roots)
                : fieldsOf(Explanation.of(url, policy, dns));
        answer.put("limits", limits);
        allAllowed &= (boolean) answer.get(ALLOWED);
        out.println(json ? toJson(answer) : toText(answer));
      }
    }
    out.flush();
    return allAllowed ? ExitCode.OK : ExitCode.WITH_FAILURES;
  }

  private Map<String, Object> fieldsOfFile(String url, List<Path> roots)
      throws InterruptedException {
    Optional<Failed> refused =
        roots.isEmpty()
            ? Optional.of(
                new Failed(
                    FailureReason.UNSUPPORTED_SCHEME,
                    "files are fetched only from folders that --root allows, or that are scanned"))
            : new FileFetcher(roots, fetching.limits().fileBytes()).judge(url);
    return fields(
        url,
        url,
        refused.map(failed -> failed.reason().toString()),
        refused.map(Failed::detail).orElse(""));
  }

  private List<String> all() {
    return urls.stream()
        .flatMap(url -> url.equals(STANDARD_INPUT) ? standardInput() : Stream.of(url))
        .map(String::strip)
        .filter(url -> !url.isEmpty())
        .toList();
  }

  private static Stream<String> standardInput() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).lines();
  }

  private static Map<String, Object> fields(
      String url, String readAs, Optional<String> rule, String detail) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("url", url);
    fields.put("readAs", readAs);
    fields.put(ALLOWED, rule.isEmpty());
    fields.put(RULE, rule.orElse(null));
    fields.put("detail", detail);
    return fields;
  }

  private static Map<String, Object> fieldsOf(Explanation explanation) {
    Map<String, Object> fields =
        fields(
            explanation.url(),
            explanation.readAs(),
            explanation.rule().map(Rule::toString),
            explanation.detail());
    fields.put("host", explanation.host());
    fields.put("port", explanation.port());
    fields.put(
        "addresses", explanation.addresses().stream().map(ExplainUrlCommand::fieldsOf).toList());
    return fields;
  }

  private static Map<String, Object> fieldsOf(Explanation.Address address) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", address.address());
    fields.put(ALLOWED, address.rule().isEmpty());
    fields.put(RULE, address.rule().map(Rule::toString).orElse(null));
    return fields;
  }

  /** Those of stream and scan, which differ by default in what they ask a host for. */
  private Map<String, Object> limits() {
    FetchLimits limits = fetching.limits();
    HostLimits stream = politeness.hosts(fetching.perHost(StreamCommand.PER_HOST));
    RetryPolicy retry = politeness.retry();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("perHostInStream", stream.concurrent());
    fields.put("perHostInScan", fetching.perHost(ScanCommand.PER_HOST));
    fields.put("perHostAndSecond", stream.perSecond());
    fields.put("failuresInARow", stream.breaker().failures());
    fields.put("tries", retry.tries());
    fields.put("retryWaitMillis", retry.base().toMillis());
    fields.put("lookupMillis", limits.lookup().toMillis());
    fields.put("connectMillis", limits.connect().toMillis());
    fields.put("headMillis", limits.head().toMillis());
    fields.put("idleMillis", limits.idle().toMillis());
    fields.put("totalMillis", limits.total().toMillis());
    fields.put("leastBytesPerSecond", limits.leastRate());
    fields.put("bodyBytes", limits.bodyBytes());
    fields.put("fileBytes", limits.fileBytes());
    fields.put("redirects", limits.redirects());
    return fields;
  }

  private static String toText(Map<String, Object> answer) {
    boolean isAllowed = (boolean) answer.get(ALLOWED);
    StringBuilder text = new StringBuilder(answer.get("url").toString()).append('\n');
    line(text, "read as", answer.get("readAs").toString());
    Object rule = answer.get(RULE);
    line(
        text,
        isAllowed ? "allowed" : "refused",
        (rule == null ? "" : rule + ": ") + answer.get("detail"));
    if (answer.get("addresses") instanceof List<?> addresses) {
      for (Object one : addresses) {
        Map<?, ?> address = (Map<?, ?>) one;
        String verdict = address.get(RULE) == null ? "allowed" : "refused, " + address.get(RULE);
        line(text, "leads to", "%s (%s)".formatted(address.get("address"), verdict));
      }
    }
    if (isAllowed) {
      ((Map<?, ?>) answer.get("limits"))
          .forEach((name, value) -> line(text, name.toString(), value.toString()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("  %-18s %s%n".formatted(name, value));
    }
  }

  private static String toJson(Map<String, Object> answer) {
    try {
      return JsonMapper.builder().build().writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new BrokenException("can't print the explanation", e);
    }
  }
}
