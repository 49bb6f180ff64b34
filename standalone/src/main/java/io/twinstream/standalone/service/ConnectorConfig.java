package io.twinstream.standalone.service;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a connector is told.
 *
 * @param name of the connector
 * @param settings with the name among them
 */
public record ConnectorConfig(String name, Map<String, String> settings) {
  private static final String NAME = "name";
  private static final String CLASS = "connector.class";

  public ConnectorConfig {
    settings = Map.copyOf(settings);
  }

  /**
   * Reads a file.
   *
   * @throws RefusedException if it is none that a worker could take
   */
  public static ConnectorConfig read(Path file) {
    Map<String, String> settings;
    try {
      settings =
          JsonMapper.builder()
              .build()
              .readValue(Files.readString(file), new TypeReference<Map<String, String>>() {});
    } catch (JacksonException e) {
      throw new RefusedException(
          "%s is no JSON object of texts: %s".formatted(file, e.getOriginalMessage()));
    } catch (IOException e) {
      throw new RefusedException("can't read %s: %s".formatted(file, e));
    }
    for (String needed : new String[] {NAME, CLASS}) {
      if (settings.getOrDefault(needed, "").isBlank()) {
        throw new RefusedException("%s lacks \"%s\"".formatted(file, needed));
      }
    }
    return new ConnectorConfig(settings.get(NAME), settings);
  }

  /** The class of the connector, as it is written. */
  public String connectorClass() {
    return settings.get(CLASS);
  }
}
