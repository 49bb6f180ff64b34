package io.twinstream.containers;

import java.util.List;
import java.util.Map;

/**
 * The compose file as a project of its own.
 *
 * @param command compose's
 * @param project its name, so that nothing else on the machine is touched
 * @param environment what the file takes from there
 */
record Compose(List<String> command, String project, Map<String, String> environment) {
  /** Runs one of compose's commands and returns what it printed. */
  String run(String... words) {
    return new Command(command, environment).and(List.of("-p", project)).and(List.of(words)).run();
  }

  /** The ids of the running containers of a service. */
  List<String> running(String service) {
    return Command.of(
            "docker",
            "ps",
            "-q",
            "--filter",
            "label=com.docker.compose.project=" + project,
            "--filter",
            "label=com.docker.compose.service=" + service)
        .run()
        .lines()
        .toList();
  }
}
