package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.Explanation;
import io.twinstream.fetch.address.Resolver;
import io.twinstream.fetch.address.Rule;
import io.twinstream.fetch.address.VettedDns;
import io.twinstream.standalone.engine.BrokenException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      "Says how an http or https address is read, whether it would be fetched, by which rule not,"
          + " and what its name leads to. Looks names up, and asks nobody else.",
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
  private static final int PER_HOST = 4;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "URL",
      arity = "1..*",
      description = "An address; - reads them from standard input, one a line.")
  private List<String> urls;

  @Option(names = "--json", description = "Print a JSON object a line for each address.")
  private boolean json;

  @Mixin private FetchOptions fetching;

  @Override
  public Integer call() {
    AddressPolicy policy = fetching.addresses();
    FetchLimits limits = fetching.limits();
    int perHost = fetching.perHost(PER_HOST);
    PrintWriter out = spec.commandLine().getOut();
    boolean allAllowed = true;
    try (VettedDns dns = new VettedDns(Resolver.SYSTEM, policy, limits.lookup())) {
      for (String url : all()) {
        Explanation explanation = Explanation.of(url, policy, dns);
        allAllowed &= explanation.isAllowed();
        out.println(
            json ? toJson(explanation, limits, perHost) : toText(explanation, limits, perHost));
      }
    }
    out.flush();
    return allAllowed ? ExitCode.OK : ExitCode.WITH_FAILURES;
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

  private static String toText(Explanation explanation, FetchLimits limits, int perHost) {
    StringBuilder text = new StringBuilder(explanation.url()).append('\n');
    line(text, "read as", explanation.readAs());
    line(
        text,
        explanation.isAllowed() ? "allowed" : "refused",
        explanation.rule().map(rule -> rule + ": ").orElse("") + explanation.detail());
    for (Explanation.Address address : explanation.addresses()) {
      String verdict = address.rule().map(rule -> "refused, " + rule).orElse("allowed");
      line(text, "leads to", "%s (%s)".formatted(address.address(), verdict));
    }
    if (explanation.isAllowed()) {
      limits(limits, perHost).forEach((name, value) -> line(text, name, value.toString()));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("  %-18s %s%n".formatted(name, value));
    }
  }

  private static String toJson(Explanation explanation, FetchLimits limits, int perHost) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("url", explanation.url());
    fields.put("readAs", explanation.readAs());
    fields.put("allowed", explanation.isAllowed());
    fields.put("rule", explanation.rule().map(Rule::toString).orElse(null));
    fields.put("detail", explanation.detail());
    fields.put("host", explanation.host());
    fields.put("port", explanation.port());
    fields.put(
        "addresses", explanation.addresses().stream().map(ExplainUrlCommand::fieldsOf).toList());
    fields.put("limits", limits(limits, perHost));
    try {
      return JsonMapper.builder().build().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new BrokenException("can't print the explanation", e);
    }
  }

  private static Map<String, Object> fieldsOf(Explanation.Address address) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", address.address());
    fields.put("allowed", address.rule().isEmpty());
    fields.put("rule", address.rule().map(Rule::toString).orElse(null));
    return fields;
  }

  private static Map<String, Object> limits(FetchLimits limits, int perHost) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("perHost", perHost);
    fields.put("lookupMillis", limits.lookup().toMillis());
    fields.put("connectMillis", limits.connect().toMillis());
    fields.put("headMillis", limits.head().toMillis());
    fields.put("idleMillis", limits.idle().toMillis());
    fields.put("totalMillis", limits.total().toMillis());
    fields.put("leastBytesPerSecond", limits.leastRate());
    fields.put("bodyBytes", limits.bodyBytes());
    fields.put("redirects", limits.redirects());
    return fields;
  }
}
