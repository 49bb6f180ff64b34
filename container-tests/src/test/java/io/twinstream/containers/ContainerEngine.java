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

  /** Differs from checkout to checkout, so that builds on one machine leave each other alone. */
  static final String MARK = "%08x".formatted(PROJECT.hashCode());

  /** The image of the application in these tests; not the name that a person would use. */
  static final String IMAGE = "twinstream-test/twinstream:" + MARK;

  /** Likewise that of the Connect worker. */
  static final String CONNECT_IMAGE = "twinstream-test/connect:" + MARK;

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

  /** Builds both images, as their Dockerfiles say. */
  static void buildImages() {
    build(IMAGE, "stream-app/Dockerfile", baseImage());
    build(CONNECT_IMAGE, "ingest-connector/Dockerfile", Optional.of(kafkaImage()));
  }

  private static void build(String image, String dockerfile, Optional<String> base) {
    Command.of("docker", "build", "-f", dockerfile, "-t", image)
        .and(base.map(name -> List.of("--build-arg", "BASE_IMAGE=" + name)).orElse(List.of()))
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

  /** What Docker's {@code inspect} tells of a container. */
  static String inspect(String id, String template) {
    return Command.of("docker", "inspect", "-f", template, id).run().strip();
  }

  /** Where it is within its network. */
  static String address(String id) {
    return inspect(id, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
  }

  /** As when its machine is lost. */
  static void kill(String id) {
    Command.of("docker", "kill", id).run();
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
