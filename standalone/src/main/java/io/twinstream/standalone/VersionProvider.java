package io.twinstream.standalone;

import java.util.Objects;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Objects.requireNonNullElse(
            VersionProvider.class.getPackage().getImplementationVersion(), "(not packaged)");
    return new String[] {
      "twinstream %s (Kafka %s, Java %s)"
          .formatted(version, AppInfoParser.getVersion(), Runtime.version())
    };
  }
}
