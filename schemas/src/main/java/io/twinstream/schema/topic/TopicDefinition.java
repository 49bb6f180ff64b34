package io.twinstream.schema.topic;

import java.util.Map;

/**
 * A topic as it has to be.
 *
 * @param name its full name
 * @param partitions how many; part of the contract, since keys are placed by it
 * @param configs the settings that the contract depends on
 */
public record TopicDefinition(String name, int partitions, Map<String, String> configs) {
  public TopicDefinition {
    configs = Map.copyOf(configs);
  }
}
