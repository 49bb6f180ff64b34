package io.twinstream.standalone.service;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
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
      settings = settings(JsonMapper.builder().build(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new RefusedException("there is no file " + file);
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

  /** Both forms that Connect knows: settings with the name among them, and beside it. */
  private static Map<String, String> settings(JsonMapper json, String text)
      throws JacksonException {
    TypeReference<Map<String, String>> texts = new TypeReference<>() {};
    JsonNode root = json.readTree(text);
    if (!root.path("config").isObject()) {
      return json.readValue(text, texts);
    }
    Map<String, String> settings = new HashMap<>(json.convertValue(root.path("config"), texts));
    settings.put(NAME, root.path(NAME).asText());
    return settings;
  }

  /** The class of the connector, as it is written. */
  public String connectorClass() {
    return settings.get(CLASS);
  }
}
