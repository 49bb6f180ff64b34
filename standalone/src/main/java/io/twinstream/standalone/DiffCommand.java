package io.twinstream.standalone;

import io.twinstream.catalog.report.ReplacedFile;
import io.twinstream.catalog.report.ReplacedFile.Content;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.replay.diff.Diff;
import io.twinstream.standalone.replay.diff.DiffCsv;
import io.twinstream.standalone.replay.diff.DiffJson;
import io.twinstream.standalone.replay.diff.DiffPage;
import io.twinstream.standalone.replay.diff.Difference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream diff}. */
@Command(
    name = "diff",
    description = {
      "Shows what another run of matching changes: which images would become duplicates, which"
          + " would no longer be, and which would have another original.",
      "Runs are live, which is what the app has judged, and replays that are done. Nothing is"
          + " changed by looking."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, whether anything differs or not",
      "1:the cluster does not answer, or the file can't be written",
      "2:wrong options, or there is no such run",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream diff live tight --data twinstream-out/.data",
      "  twinstream diff live tight --format html --bootstrap kafka:9092",
      "  twinstream diff tight loose --format csv --output changes.csv"
    })
final class DiffCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "A run: live, or the name of a replay.")
  private String a;

  @Parameters(index = "1", paramLabel = "B", description = "The run that it is compared with.")
  private String b;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "text: counts and examples. csv: a row for each changed image. json: all of it. html: a"
              + " page with the pictures side by side. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to write it. Default: to the terminal; html goes to diff-A-B.html in this folder.")
  private Path output;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How many changed images of each kind the text shows, those most in doubt first."
              + " Default: ${DEFAULT-VALUE}.")
  private int examples;

  @Option(names = "--collection", paramLabel = "NAME", description = "Only this collection.")
  private String collection;

  @Mixin private SystemOptions system;

  private enum Format {
    TEXT,
    CSV,
    JSON,
    HTML;

    /** The name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    system.log();
    if (a.equals(b)) {
      throw new RefusedException("name two different runs, not %s twice".formatted(a));
    }
    if (examples < 0) {
      throw new RefusedException("--examples is 0 or more, not " + examples);
    }
    CountDownLatch stop = new CountDownLatch(1);
    return system.at(bootstrap -> {
      Diff diff = diff(bootstrap.get(), stop);
      return Interruption.stopping(
          stop::countDown,
          () -> {
            print(diff);
            return ExitCode.OK;
          });
    });
  }

  private Diff diff(String bootstrapServers, CountDownLatch stop) {
    return new Diff(
        new KnownTopics(bootstrapServers, () -> stop.getCount() == 0),
        system.topics(),
        Optional.ofNullable(collection),
        new ReadingProgress(spec.commandLine().getErr()));
  }

  private void print(Diff diff) {
    Difference difference = diff.of(a, b);
    write(
        switch (format) {
          case TEXT -> out -> DiffText.print(new PrintWriter(out), difference, examples);
          case CSV -> out -> DiffCsv.write(difference, diff.sources(difference), out);
          case JSON -> out -> DiffJson.write(difference, diff.sources(difference), out);
          case HTML -> out -> DiffPage.write(difference, diff.sources(difference), out);
        },
        format == Format.HTML && output == null
            ? Optional.of(Path.of("diff-%s-%s.html".formatted(a, b)))
            : Optional.ofNullable(output));
  }

  private void write(Content<Writer> content, Optional<Path> file) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      if (file.isPresent()) {
        ReplacedFile.write(file.get(), content);
        out.printf("Written: %s%n", file.get());
      } else {
        content.write(out);
      }
      out.flush();
    } catch (IOException e) {
      throw new BrokenException("can't write: " + e.getMessage(), e);
    }
  }
}
