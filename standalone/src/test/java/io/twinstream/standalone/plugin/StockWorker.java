package io.twinstream.standalone.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Predicate.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.cli.ConnectDistributed;

/**
 * Kafka's own distributed Connect worker as a process, with Kafka and what Kafka needs on its class
 * path. Its log stays in {@code target} for whoever looks into a failure.
 */
final class StockWorker {
  private static final Path LOGS = Path.of("target", "stock-workers");
  private static final Path APP = Path.of("target", "app", "lib");

  /** What the application has and a stock worker has not. */
  private static final Pattern NOT_KAFKAS =
      Pattern.compile(
          "(catalog|fastcsv|imageio|ingest-connector|jackson-dataformat-smile"
              + "|jackson-datatype-jsr310|javafx|JImageHash|kotlin|okhttp|okio|picocli|schemas"
              + "|standalone|stream-app)-.*");

  private static final Pattern LISTENING =
      Pattern.compile("REST server listening at (http://[0-9.]+:[0-9]+)/");
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final int STOP_TIMEOUT_S = 20;
  private static final int TAIL = 30;

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path log;

  private StockWorker(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * An answer to a request.
   *
   * @param status the HTTP status
   * @param body missing if there is none; a text if it is no JSON, as while a worker starts
   */
  record Answer(int status, JsonNode body) {}

  /** Starts a worker and returns at once. */
  static StockWorker start(String name, Map<String, String> settings) throws IOException {
    Files.createDirectories(LOGS);
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.put("listeners", "http://127.0.0.1:0");
    Path file = LOGS.resolve(name + ".properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    Path log = LOGS.resolve(name + ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.apache.logging.log4j.level=INFO",
                "-cp",
                classPath(),
                ConnectDistributed.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new StockWorker(process, log);
  }

  private static String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(APP)) {
      return jars.filter(jar -> !NOT_KAFKAS.matcher(jar.getFileName().toString()).matches())
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has joined the group and serves. */
  boolean isReady() throws IOException, InterruptedException {
    return url().isPresent() && request("GET", "/health", "").status() == 200;
  }

  /** Whether {@code id} is what the group calls this worker. */
  boolean is(String id) throws IOException {
    return url().filter(url -> url.equals("http://" + id)).isPresent();
  }

  Answer request(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(serving() + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    var response = HTTP.send(request, BodyHandlers.ofString(UTF_8));
    boolean json = response.headers().firstValue("Content-Type").orElse("json").contains("json");
    return new Answer(
        response.statusCode(),
        json ? JSON.readTree(response.body()) : TextNode.valueOf(response.body()));
  }

  /** Where it serves, on a port that it chose; empty as long as its log doesn't say so. */
  Optional<String> url() throws IOException {
    return lines()
        .map(LISTENING::matcher)
        .filter(Matcher::find)
        .map(match -> match.group(1))
        .findFirst();
  }

  private String serving() throws IOException {
    return url().orElseThrow(() -> new ConnectException("it doesn't serve yet: " + log));
  }

  /** Whether its log has a line with this text. */
  boolean hasLogged(String text) throws IOException {
    return lines().anyMatch(line -> line.contains(text));
  }

  private Stream<String> lines() throws IOException {
    return Files.readString(log).lines().filter(not(String::isBlank));
  }

  /** The end of its log. */
  String tail() throws IOException {
    List<String> lines = lines().toList();
    return "%s (%s):\n%s"
        .formatted(
            log,
            isAlive() ? "running" : "ended with " + process.exitValue(),
            String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size())));
  }

  /** As by {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As by {@code kill}; returns at once. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end, which is forced if it doesn't come soon. */
  void awaitEnd() throws InterruptedException {
    if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
      kill();
    }
  }
}
