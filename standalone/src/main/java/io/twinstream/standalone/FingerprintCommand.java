package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.fingerprint.LocalFingerprinter.Explained;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "fingerprint",
    description = {
      "Prints the fingerprints of pictures, one line of JSON each.",
      "A picture that can't be read has a reason instead; the exit code is then 3."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false)
final class FingerprintCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Pictures.")
  private List<Path> files;

  @Option(
      names = "--hash",
      paramLabel = "NAME",
      split = ";",
      description =
          "A perceptual hash, for example PDQ or DifferenceHash(64); may be repeated. Default:"
              + " PDQ.")
  private List<String> hashes = List.of(FingerprintSettings.DEFAULT_HASH);

  @Option(
      names = "--explain",
      description = "Say who decoded, at which scale, and how long each step took, in ms.")
  private boolean explain;

  @Mixin private FingerprintOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws JsonProcessingException {
    LocalFingerprinter fingerprinter = options.fingerprinter(hashes);
    ObjectMapper json = new ObjectMapper();
    int exitCode = ExitCode.OK;
    for (Path file : files) {
      ObjectNode line = json.createObjectNode().put("file", file.toString());
      Explained explained = NamedPictures.explained(fingerprinter, file);
      switch (explained.outcome()) {
        case FingerprintOutcome.Done(var fingerprint, _) ->
            line.setAll((ObjectNode) json.valueToTree(fingerprint));
        case FingerprintOutcome.Refused(var reason, String detail) -> {
          line.put("reason", reason.toString()).put("detail", detail);
          exitCode = ExitCode.WITH_FAILURES;
        }
      }
      if (explain && explained.isDecoded()) {
        explain(line, explained);
      }
      spec.commandLine().getOut().println(json.writeValueAsString(line));
    }
    return exitCode;
  }

  private static void explain(ObjectNode line, Explained explained) {
    line.put("decoder", explained.decoder()).put("scale", explained.scale());
    ObjectNode steps = line.putObject("milliseconds");
    explained
        .steps()
        .forEach((step, time) -> steps.put(step, Math.round(time.toNanos() / 1e3) / 1e3));
  }
}
