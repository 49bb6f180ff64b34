package io.twinstream.standalone;

import io.twinstream.sample.Sample;
import io.twinstream.sample.SamplePainter;
import io.twinstream.standalone.engine.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream sample}. */
@Command(
    name = "sample",
    description = {
      "Paints a folder of pictures to try a scan on: scenes, duplicates made of them by real edits,"
          + " and look-alikes that are none.",
      "truth.json in the folder says which are which; a scan never reads it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false)
final class SampleCommand implements Callable<Integer> {
  private static final int PROGRESS_STEPS = 10;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "A new or empty folder, or one where a sample was interrupted.")
  private Path directory;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + SamplePainter.DEFAULT_SEED,
      description =
          "The same seed paints the same pictures, another one others. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    try {
      Sample sample = new SamplePainter(seed).paint(directory, this::show);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "%d images (%.0f MB) in %s: %d groups of duplicates, %d pairs of look-alikes%n",
          sample.images(),
          sample.bytes() / 1e6,
          directory,
          sample.groups(),
          sample.hardNegatives());
      out.println("Now try:  ./twinstream scan " + directory);
      return ExitCode.OK;
    } catch (IOException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  private void show(int done, int total) {
    if (done * PROGRESS_STEPS / total > (done - 1) * PROGRESS_STEPS / total) {
      PrintWriter progress = spec.commandLine().getErr();
      progress.printf(Locale.ROOT, "Painted %d of %d%n", done, total);
      progress.flush();
    }
  }
}
