package io.twinstream.standalone.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.service.ConnectRest.NotYetException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Connect worker, over its REST interface. It may come up later than those who need it.
 *
 * @param address of the interface: {@code http://host:port}
 * @param patience how long it may take to come up and to start a connector
 */
public record ConnectWorker(URI address, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectWorker.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Settings of clients and converters, which a worker doesn't list. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "(?:(?:producer|consumer|admin)\\.override|(?:key|value|header)\\.converter"
              + "|transforms|predicates)\\..*");

  /** Tasks run before they have asked their source for anything; most that fail then fail soon. */
  private static final Duration PROBATION = Duration.ofSeconds(2);

  private static final Duration LOOK = Duration.ofMillis(250);

  /**
   * @throws RefusedException if the address can't be one
   */
  public ConnectWorker {
    if (!List.of("http", "https").contains(String.valueOf(address.getScheme()))
        || address.getHost() == null) {
      throw new RefusedException(
          "%s is no address of a Connect worker; write http://HOST:PORT".formatted(address));
    }
    address = URI.create(address.toString().replaceFirst("/+$", ""));
  }

  /**
   * Starts a connector, or changes it, and returns when it and all its tasks run. One that runs
   * with these settings is left alone.
   *
   * @return how many tasks it has
   * @throws RefusedException if the worker finds its settings wrong
   * @throws BrokenException if the worker does not answer in time or the connector fails
   */
  public int run(ConnectorConfig config) {
    try (ConnectRest rest = new ConnectRest(address, patience)) {
      return run(rest, config);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokenException("interrupted", e);
    }
  }

  private static int run(ConnectRest rest, ConnectorConfig config) throws InterruptedException {
    String goal = "the connector " + config.name();
    check(config, rest.until(goal, () -> rest.put(validation(config), config.settings())));
    Optional<JsonNode> known = rest.until(goal, () -> rest.find(path(config)));
    if (known.isEmpty()) {
      rest.until(goal, () -> rest.put(path(config) + "/config", config.settings()));
    } else if (!known.get().path("config").equals(JSON.valueToTree(config.settings()))
        || !rest.until(goal, () -> state(rest, config)).runs()) {
      change(rest, config, goal);
    }
    return untilRunning(rest, config, goal);
  }

  private static void check(ConnectorConfig config, JsonNode validated) {
    List<String> errors = new ArrayList<>();
    validated
        .path("configs")
        .forEach(setting ->
            setting
                .path("value")
                .path("errors")
                .forEach(error ->
                    errors.add(
                        "%s: %s"
                            .formatted(
                                setting.path("value").path("name").asText(), error.asText()))));
    if (!errors.isEmpty()) {
      throw new RefusedException(
          "the settings of %s are wrong:\n  %s"
              .formatted(config.name(), String.join("\n  ", errors)));
    }
    Set<String> known = new HashSet<>();
    validated
        .path("configs")
        .forEach(setting -> known.add(setting.path("definition").path("name").asText()));
    config.settings().keySet().stream()
        .filter(name -> !known.contains(name) && !OTHERS.matcher(name).matches())
        .sorted()
        .forEach(name -> LOG.warn("Nobody knows the setting {}: is it misspelt?", name));
  }

  /**
   * Connect takes a configuration before it applies it, and its status doesn't say of which one it
   * speaks. But it forgets the tasks of a connector that is stopped: what it says after that is of
   * new ones. These are started in any case, even if their configuration is that of failed ones.
   */
  private static void change(ConnectRest rest, ConnectorConfig config, String goal)
      throws InterruptedException {
    rest.until(goal, () -> rest.put(path(config) + "/stop", Map.of()));
    rest.until(goal, () -> stopped(rest, config));
    rest.until(goal, () -> rest.put(path(config) + "/config", config.settings()));
    rest.until(goal, () -> rest.put(path(config) + "/resume", Map.of()));
  }

  private static int untilRunning(ConnectRest rest, ConnectorConfig config, String goal)
      throws InterruptedException {
    ConnectorState state = rest.until(goal, () -> running(rest, config));
    long start = System.nanoTime();
    while (System.nanoTime() - start < PROBATION.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      state = rest.until(goal, () -> running(rest, config));
    }
    return state.tasks().size();
  }

  private static ConnectorState stopped(ConnectRest rest, ConnectorConfig config)
      throws IOException, InterruptedException {
    ConnectorState state = state(rest, config);
    if (!state.isStopped()) {
      throw new NotYetException("still " + state);
    }
    return state;
  }

  private static ConnectorState running(ConnectRest rest, ConnectorConfig config)
      throws IOException, InterruptedException {
    ConnectorState state = state(rest, config);
    state
        .failure()
        .ifPresent(trace -> {
          throw new BrokenException("%s failed: %s".formatted(config.name(), trace));
        });
    if (!state.runs()) {
      throw new NotYetException(state.toString());
    }
    return state;
  }

  private static ConnectorState state(ConnectRest rest, ConnectorConfig config)
      throws IOException, InterruptedException {
    return ConnectorState.of(rest.get(path(config)), rest.get(path(config) + "/status"));
  }

  private static String validation(ConnectorConfig config) {
    return "/connector-plugins/" + escaped(config.connectorClass()) + "/config/validate";
  }

  private static String path(ConnectorConfig config) {
    return "/connectors/" + escaped(config.name());
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
