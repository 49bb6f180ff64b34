package io.twinstream.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * A command that was run in this process.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it complained of
 */
public record CommandRun(int code, String out, String err) {
  /** Runs one to its end. */
  public static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = Main.run(line, args);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
