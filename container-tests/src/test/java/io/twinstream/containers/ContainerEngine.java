package io.twinstream.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The engine of this machine, as its command line reaches it. */
final class ContainerEngine {
  /** The project's root. */
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  /** Where this is {@code true}, as in CI, a test that can't run has failed. */
  private static final boolean REQUIRED =
      Boolean.parseBoolean(System.getenv("TWINSTREAM_REQUIRE_CONTAINERS"));

  /** The image of the application in these tests; not the name that a person would use. */
  static final String IMAGE = "twinstream-test/twinstream";

  private ContainerEngine() {}

  /** Skips the test where there is no engine, and says so where nobody overlooks it. */
  static void require() {
    if (Command.succeeds(List.of("docker", "info"))) {
      return;
    }
    String word = "no container engine answers here, so nothing was tested in containers";
    assertThat(REQUIRED).as(word).isFalse();
    System.err.printf("%n*** SKIPPED: %s ***%n%n", word);
    abort(word);
  }

  /** Builds the image of the application, as its Dockerfile says. */
  static void buildImage() {
    Command.of("docker", "build", "-f", "stream-app/Dockerfile", "-t", IMAGE)
        .and(
            baseImage()
                .map(image -> List.of("--build-arg", "BASE_IMAGE=" + image))
                .orElse(List.of()))
        .and(List.of("."))
        .run();
  }

  /** Another base than the Dockerfile's. */
  static Optional<String> baseImage() {
    return Optional.ofNullable(System.getenv("BASE_IMAGE"));
  }

  /** The image of the broker; another than the official one has its interface. */
  static String kafkaImage() {
    return System.getenv().getOrDefault("KAFKA_IMAGE", "apache/kafka:4.3.1");
  }

  /** Compose as a plugin of the engine's command, or as the older command of its own. */
  static Compose compose(String project, Map<String, String> environment) {
    List<String> command =
        Command.succeeds(List.of("docker", "compose", "version"))
            ? List.of("docker", "compose")
            : List.of("docker-compose");
    return new Compose(command, project, environment);
  }
}
