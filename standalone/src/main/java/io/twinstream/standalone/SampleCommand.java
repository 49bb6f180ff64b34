package io.twinstream.standalone;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code twinstream sample}. */
@Command(
    name = "sample",
    description = "Paints a folder of pictures to try a scan on.",
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "A new or empty folder.")
  private Path directory;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed paints other pictures. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    return directory == null || seed < 0 ? ExitCode.USAGE : ExitCode.OK;
  }
}
