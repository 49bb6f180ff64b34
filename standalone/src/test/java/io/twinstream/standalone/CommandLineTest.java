package io.twinstream.standalone;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.standalone.scan.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What is answered before the engine is started. */
class CommandLineTest {
  private static final String LOGS = "twinstream.logs";
  private static final byte[] PNG_HEAD = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private final String logs = System.getProperty(LOGS);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @AfterEach
  void restoreLogs() {
    if (logs == null) {
      System.clearProperty(LOGS);
    } else {
      System.setProperty(LOGS, logs);
    }
  }

  @Test
  void withoutArgumentsItExplainsItself() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: twinstream", "scan", "sample", "Try:");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "-h"})
  void helpNamesTheCommands(String argument) {
    assertThat(run(argument)).isZero();
    assertThat(out.toString()).contains("Usage: twinstream", "scan", "sample");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theHelpOfScanNamesItsOptionsAndExitCodes() {
    assertThat(run("scan", "--help")).isZero();
    assertThat(out.toString())
        .contains("SOURCE...", "--radius=N", "--out=DIR", "--data=DIR", "--json", "Exit codes:")
        .contains("130");
  }

  @Test
  void theVersionNamesKafkaAndJava() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString())
        .startsWith("twinstream ")
        .containsPattern("Kafka \\d+\\.\\d+")
        .contains("Java " + Runtime.version());
  }

  @Test
  void aServiceIsRefusedAnAlgorithmThatIsNotSafeForAsManyImagesAsMayCome() {
    assertThat(
            run(
                "stream",
                "--algorithm",
                "DifferenceHash(64)",
                "--bootstrap",
                "localhost:1",
                "--state",
                folder.toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .startsWith("no radius of DifferenceHash(64) is known to be safe for the preset balanced");
  }

  @Test
  void everyCommandHasAHelpOfItsOwn() {
    assertThat(commandsIn(Main.commandLine()))
        .hasSizeGreaterThan(15)
        .allSatisfy(command -> {
          if (!command.getCommandName().equals("help")) {
            assertThat(command.getCommandSpec().findOption("--help"))
                .as(command.getCommandSpec().qualifiedName())
                .isNotNull();
          }
        });
  }

  private static Stream<CommandLine> commandsIn(CommandLine line) {
    return Stream.concat(
        Stream.of(line),
        line.getSubcommands().values().stream().flatMap(CommandLineTest::commandsIn));
  }

  @Test
  void anUnknownOptionIsNamed() {
    assertThat(scan("--colour", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("Unknown option: '--colour'")
        .contains("Possible solutions: --collection", "\nAll options: twinstream scan --help")
        .hasLineCount(3);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnknownCommandIsNamed() {
    assertThat(run("scam")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'scam'", "Did you mean", "twinstream scan", "twinstream --help")
        .doesNotContain("Usage");
  }

  @Test
  void aScanNeedsASource() {
    assertThat(scan()).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "Missing required parameter: 'SOURCE'\nAll options: twinstream scan --help\n");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("missing");

    assertThat(scan(missing.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("there is no file or folder " + missing + "\n");
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "257", "2147483647"})
  void aRadiusOutOfRangeIsRefused(String radius) {
    assertThat(scan("--radius=" + radius, folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("--radius is 0 to 256 bits, not " + radius + "\n");
  }

  @Test
  void aRadiusThatIsNoNumberIsRefused() {
    assertThat(scan("--radius=wide", folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
            Invalid value for option '--radius': 'wide' is not an int
            All options: twinstream scan --help
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scan", "fingerprint", "compare x"})
  void aPictureOfNoPixelsIsTheLeastThatCanBeAskedFor(String command) {
    assertThat(run((command + " --max-pixels 0 " + folder).split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("--max-pixels is 1 to 715827882, not 0");
  }

  @Test
  void aPictureWithMorePixelsThanAllowedIsRefusedByItsHeader() throws IOException {
    Path picture = Files.write(folder.resolve("a.png"), Pictures.png(1));

    assertThat(run("fingerprint", "--max-pixels", "65535", picture.toString())).isEqualTo(3);
    assertThat(out.toString()).contains("too-many-pixels", "at most 65,535 are allowed");
    assertThat(run("fingerprint", "--max-pixels", "65536", picture.toString())).isZero();
    assertThat(run("compare", "--max-pixels", "65535", picture.toString(), picture.toString()))
        .isEqualTo(3);
    assertThat(err.toString()).contains("too-many-pixels");
  }

  @Test
  void eachPictureThatCannotBeComparedIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
    Path gone = folder.resolve("gone.png");

    assertThat(run("compare", gone.toString(), text.toString())).isEqualTo(3);

    assertThat(err.toString().lines())
        .satisfiesExactly(
            one -> assertThat(one).startsWith(gone + ": not-found"),
            other -> assertThat(other).startsWith(text + ": not-an-image"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whereNobodyDecodedNoDecoderIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
    Path picture = Files.write(folder.resolve("a.png"), Pictures.png(1));

    run("fingerprint", "--explain", folder + "/gone.png", text.toString(), picture.toString());

    assertThat(out.toString().lines())
        .satisfiesExactly(
            gone -> assertThat(gone).contains("not-found").doesNotContain("decoder", "scale"),
            none -> assertThat(none).contains("not-an-image").doesNotContain("decoder", "scale"),
            there -> assertThat(there).contains("\"decoder\":\"opencv\"", "\"scale\":1"));
  }

  @Test
  void aFileThatIsNotThereKeepsNoOtherFromItsFingerprint() throws IOException {
    Path picture = Files.write(folder.resolve("a.png"), Pictures.png(1));

    assertThat(run("fingerprint", folder + "/gone.png", folder.toString(), picture.toString()))
        .isEqualTo(3);

    assertThat(out.toString().lines())
        .satisfiesExactly(
            gone -> assertThat(gone).contains("\"not-found\""),
            folder -> assertThat(folder).contains("\"not-an-image\"", "it is a folder"),
            there -> assertThat(there).contains("\"sha256\""));
  }

  @Test
  void twoPicturesAreComparedUnderEachPreset() throws IOException {
    Path one = Files.write(folder.resolve("a.png"), Pictures.png(1));
    Path other = Files.write(folder.resolve("b.png"), Pictures.png(2));

    assertThat(run("compare", one.toString(), other.toString())).isZero();

    assertThat(out.toString())
        .contains(
            "preset exact: not alike at radius 0",
            "preset strict: ",
            "preset balanced: ",
            "preset loose: ");
  }

  @Test
  void thePresetExactIsNotTakenForAnExactMatch() throws IOException {
    Path one = Files.write(folder.resolve("a.png"), Pictures.png(1));

    assertThat(run("compare", one.toString(), one.toString())).isZero();

    assertThat(out.toString()).contains("an exact match: the bytes are equal");
  }

  @Test
  void noDownloadsFromAHostAtATimeAreRefused() {
    assertThat(scan("--per-host=0", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--per-host is 1 or more, not 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--host-rate=-1", "--host-rate=NaN", "--host-rate=Infinity", "--in-flight=0"})
  void whatCanBeNoBoundIsRefused(String option) {
    assertThat(scan(option, folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(option.substring(0, option.indexOf('=')) + " is ");
  }

  @ParameterizedTest
  @CsvSource({
    "--decoders=0, 1 or more workers",
    "--decoder-timeout=0, longer than nothing",
    "--decoder-heap=8, 16777216 bytes or more",
    "--decoder-heap=800 --decoder-memory=500, no less than its heap",
    "--in-process --decoder-heap=100, leave them out"
  })
  void decodersThatCouldNotWorkAreRefused(String options, String why) {
    assertThat(run(("scan " + options + " " + folder).split(" ", -1))).isEqualTo(2);
    assertThat(err.toString()).contains("--decoder", why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pending list", "pending cancel", "hosts stop", "hosts resume", "retry-failed"})
  void whatOperatorsDoIsExplainedByExample(String command) {
    assertThat(run((command + " --help").split(" ", -1))).isZero();
    assertThat(out.toString()).contains("Exit codes:", "Example", "  twinstream " + command);
  }

  @Test
  void aCommandOfCommandsNeedsOne() {
    assertThat(run("pending")).isEqualTo(2);
    assertThat(err.toString())
        .contains("Missing required subcommand", "list, cancel", "pending --help");
  }

  @Test
  void anUnknownFormIsRefusedAndTheKnownOnesAreNamed() {
    assertThat(scan("--duplicates-form=xml", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("'--duplicates-form'", "full", "groups", "originals");
  }

  @Test
  void tooManyAttributesToRollUpAreRefused() {
    String names = IntStream.range(0, 21).mapToObj(Integer::toString).collect(joining(","));

    assertThat(scan("--roll-up=" + names, folder.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "--roll-up: at most 20 attributes can be rolled up, not 21\n");
  }

  @Test
  void aPictureIsNoSource() throws IOException {
    Path picture = Files.write(folder.resolve("a.png"), PNG_HEAD);

    assertThat(scan(picture.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains(picture + " is a picture; name the folder it lies in, or a CSV file");
  }

  private int scan(String... args) {
    String[] line = new String[args.length + 2];
    line[0] = "scan";
    line[1] = "--out=" + folder.resolve("out");
    System.arraycopy(args, 0, line, 2, args.length);
    return run(line);
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return Main.run(line, args);
  }
}
