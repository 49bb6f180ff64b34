package io.twinstream.standalone.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a connector and its tasks are.
 *
 * @param connector how the part is that hands out the tasks
 * @param tasks those of which something is known
 * @param tasksGiven how many it has handed out
 */
record ConnectorState(Part connector, List<Part> tasks, int tasksGiven) {
  /**
   * A connector or a task.
   *
   * @param state Connect's word for it
   * @param trace why it failed, if it did
   */
  record Part(String state, String trace) {
    private static Part of(JsonNode part) {
      return new Part(part.path("state").asText(), part.path("trace").asText());
    }

    private boolean is(String wanted) {
      return state.equals(wanted);
    }
  }

  /** Of what a worker answers for {@code /connectors/NAME} and for {@code …/status}. */
  static ConnectorState of(JsonNode connector, JsonNode status) {
    return new ConnectorState(
        Part.of(status.path("connector")),
        StreamSupport.stream(status.path("tasks").spliterator(), false).map(Part::of).toList(),
        connector.path("tasks").size());
  }

  /** With all its tasks, and at least one. */
  boolean runs() {
    return connector.is("RUNNING")
        && !tasks.isEmpty()
        && tasks.size() == tasksGiven
        && tasks.stream().allMatch(task -> task.is("RUNNING"));
  }

  /** And its tasks are forgotten. */
  boolean isStopped() {
    return connector.is("STOPPED") && tasks.isEmpty() && tasksGiven == 0;
  }

  /** Why it or a task of it has failed. */
  Optional<String> failure() {
    return Stream.concat(Stream.of(connector), tasks.stream())
        .filter(part -> part.is("FAILED"))
        .map(Part::trace)
        .findFirst();
  }

  @Override
  public String toString() {
    return "the connector is %s, %d of %d tasks are known: %s"
        .formatted(
            connector.state(),
            tasks.size(),
            tasksGiven,
            String.join(", ", tasks.stream().map(Part::state).toList()));
  }
}
