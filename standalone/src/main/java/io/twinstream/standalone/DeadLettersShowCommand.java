package io.twinstream.standalone;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.operate.DeadLetters;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.operate.Letter;
import io.twinstream.standalone.operate.LetterPlace;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream dead-letters show}. */
@Command(
    name = "show",
    description = {
      "Shows one of what could not be read as an event: why, where it came from, its headers, its"
          + " key and its body.",
      "Bytes that are no UTF-8 are written as \\xHH, and characters that can't be seen or steer a"
          + " terminal by their number."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown",
      "1:the cluster does not answer, or the data directory is in use",
      "2:wrong options, or there is no such dead letter"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream dead-letters show 0@17",
      "  twinstream dead-letters show 0@17 --raw > body.json"
    })
final class DeadLettersShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PARTITION@OFFSET",
      converter = LetterPlaceConverter.class,
      description = "Which one, as list names it.")
  private LetterPlace place;

  @Option(names = "--raw", description = "Write the bytes of the body as they are, and no more.")
  private boolean raw;

  @Mixin private SystemOptions system;

  @Override
  public Integer call() {
    system.log();
    Letter letter =
        system.at(servers ->
            new DeadLetters(
                    new KnownTopics(servers.get(), () -> false),
                    system.topics(),
                    new ReadingProgress(spec.commandLine().getErr()))
                .find(place));
    if (raw) {
      writeBody(letter);
    } else {
      print(letter, spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private static void writeBody(Letter letter) {
    if (letter.value() == null) {
      return;
    }
    try {
      System.out.write(letter.value());
      System.out.flush();
    } catch (IOException e) {
      throw new BrokenException("can't write the body: " + e.getMessage(), e);
    }
  }

  private static void print(Letter letter, PrintWriter out) {
    field(out, "letter", letter.place().toString());
    field(out, "written", letter.writtenAt().toString());
    field(out, "reason", letter.reason());
    field(out, "exception", letter.exception());
    field(out, "came from", letter.origin());
    letter
        .headersLeftOut()
        .ifPresent(
            bytes -> out.printf(Locale.ROOT, "%-10s its headers, %,d bytes%n", "left out", bytes));
    out.printf(Locale.ROOT, "%n%d headers%n", letter.headers().size());
    for (Header header : letter.headers()) {
      out.printf(
          "  %s: %s%n",
          Printable.line(header.key(), Integer.MAX_VALUE),
          header.value() == null ? "(null)" : Printable.lines(header.value()));
    }
    bytes(out, "key", letter.key(), "");
    bytes(
        out,
        "body",
        letter.value(),
        letter.wholeBytes().isPresent()
            ? String.format(Locale.ROOT, " of %,d", letter.wholeBytes().getAsLong())
            : "");
  }

  private static void field(PrintWriter out, String name, String value) {
    if (!value.isEmpty()) {
      out.printf("%-10s %s%n", name, Printable.line(value, Integer.MAX_VALUE));
    }
  }

  private static void bytes(PrintWriter out, String what, byte[] bytes, String of) {
    if (bytes == null) {
      out.printf("%nno %s%n", what);
    } else {
      out.printf(
          Locale.ROOT, "%n%s, %,d%s bytes%n%s%n", what, bytes.length, of, Printable.lines(bytes));
    }
  }
}
