package io.twinstream.standalone;

import java.util.Objects;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  /** That of the jar; the classes of a build have none. */
  static String version() {
    return Objects.requireNonNullElse(
        VersionProvider.class.getPackage().getImplementationVersion(), "not-packaged");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "twinstream %s (Kafka %s, Java %s)"
          .formatted(version(), AppInfoParser.getVersion(), Runtime.version())
    };
  }
}
