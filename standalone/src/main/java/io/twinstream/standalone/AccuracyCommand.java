package io.twinstream.standalone;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.accuracy.Accuracy;
import io.twinstream.accuracy.AccuracyEdit;
import io.twinstream.accuracy.AccuracyRun;
import io.twinstream.accuracy.Configuration;
import io.twinstream.accuracy.Edits;
import io.twinstream.accuracy.GivenEdits;
import io.twinstream.accuracy.HardNegatives;
import io.twinstream.accuracy.OwnEdits;
import io.twinstream.accuracy.report.AccuracyChart;
import io.twinstream.accuracy.report.AccuracyCsv;
import io.twinstream.accuracy.report.AccuracyJson;
import io.twinstream.accuracy.report.AccuracyTable;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream accuracy}. */
@Command(
    name = "accuracy",
    description = {
      "Measures what is found again of edited photographs, and which distinct ones are taken for"
          + " the same, for each algorithm and each way to look.",
      "Writes accuracy.json, accuracy.csv and accuracy.svg, and prints a table. docs/accuracy.md"
          + " tells how to read it."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false)
final class AccuracyCommand implements Callable<Integer> {
  private static final int PROGRESS_STEPS = 20;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "A folder of distinct photographs, at least "
              + AccuracyRun.MIN_PHOTOGRAPHS
              + "; with --edits it may be left out, and is then EDITS/"
              + GivenEdits.ORIGINALS
              + ".")
  private Path distinct;

  @Option(
      names = "--edits",
      paramLabel = "EDITS",
      description =
          "Measure edits that are there instead of making them: a folder with one folder for each"
              + " edit, whose files are named as those in EDITS/"
              + GivenEdits.ORIGINALS
              + ".")
  private Path edits;

  @Option(
      names = "--off-centre",
      description =
          "Make crops that keep a corner, or lose the bottom, instead of the usual 31 edits.")
  private boolean offCentre;

  @Option(
      names = "--hard-negatives",
      paramLabel = "LOOK-ALIKES",
      description =
          "Measure pictures that look alike and are not: a folder with one folder for each kind,"
              + " all of whose pictures are different ones. Instead of DIR.")
  private Path hardNegatives;

  @Option(
      names = "--make-hard-negatives",
      paramLabel = "LOOK-ALIKES",
      description =
          "Paint such pictures first: frames of one scene, slides of one template, packages with"
              + " one logo, pages of text.")
  private Path made;

  @Option(
      names = "--distinct",
      description =
          "The photographs are distinct, however alike some look: count all pairs. Otherwise"
              + " pictures that look like an earlier one are named and left out.")
  private boolean trusted;

  @Option(
      names = "--out",
      paramLabel = "OUT",
      defaultValue = "twinstream-out",
      description = "Where the files go. Default: ./${DEFAULT-VALUE}.")
  private Path out;

  @Option(names = "--json", description = "Print accuracy.json instead of the table.")
  private boolean json;

  @Override
  public Integer call() {
    try {
      if (made != null) {
        HardNegatives.paint(made);
      }
      Path lookAlikes = hardNegatives == null ? made : hardNegatives;
      if (lookAlikes != null) {
        if (distinct != null || edits != null || offCentre) {
          throw new RefusedException(
              "hard negatives have a report of their own; leave out DIR, --edits and --off-centre");
        }
        HardNegatives.Report report = HardNegatives.measure(lookAlikes);
        print(report, "hard-negatives.json", HardNegatives::lines);
        return report.problems().isEmpty() ? ExitCode.OK : ExitCode.WITH_FAILURES;
      }
      if (edits != null && offCentre) {
        throw new RefusedException("--off-centre makes edits, --edits has them; leave out one");
      }
      Path edited = edits == null ? requireDistinct() : edits.resolve(GivenEdits.ORIGINALS);
      Edits source = edits == null ? ownEdits() : new GivenEdits(folder(edits));
      Accuracy accuracy =
          new AccuracyRun(Configuration.SHIPPED, trusted, this::show)
              .measure(folder(distinct == null ? edited : distinct), folder(edited), source);
      AccuracyJson measured = AccuracyJson.of(accuracy);
      print(measured, "accuracy.json", AccuracyTable::lines);
      AccuracyCsv.write(out.resolve("accuracy.csv"), measured);
      Files.writeString(out.resolve("accuracy.svg"), AccuracyChart.svg(accuracy));
      return measured.problems().isEmpty() ? ExitCode.OK : ExitCode.WITH_FAILURES;
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    } catch (IOException e) {
      throw new BrokenException("can't read or write: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private Path requireDistinct() {
    if (distinct == null) {
      throw new RefusedException(
          "name a folder of distinct photographs, or one of edits with --edits");
    }
    return distinct;
  }

  private Edits ownEdits() {
    return new OwnEdits(
        offCentre ? AccuracyEdit.OFF_CENTRE : AccuracyEdit.USUAL,
        FingerprintSettings.DEFAULT.maxPixels());
  }

  private static Path folder(Path path) {
    if (!Files.isDirectory(path)) {
      throw new RefusedException("there is no folder " + path);
    }
    return path;
  }

  private interface Lines<T> {
    List<String> of(T measured);
  }

  private <T> void print(T measured, String name, Lines<T> lines) throws IOException {
    String text =
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(measured);
    Files.createDirectories(out);
    Files.writeString(out.resolve(name), text + "\n");
    PrintWriter printer = spec.commandLine().getOut();
    if (json) {
      printer.println(text);
    } else {
      lines.of(measured).forEach(printer::println);
    }
    printer.flush();
  }

  private void show(String what, int done, int of) {
    if (done * PROGRESS_STEPS / of > (done - 1) * PROGRESS_STEPS / of) {
      PrintWriter progress = spec.commandLine().getErr();
      progress.printf(Locale.ROOT, "%s %d of %d%n", what, done, of);
      progress.flush();
    }
  }
}
