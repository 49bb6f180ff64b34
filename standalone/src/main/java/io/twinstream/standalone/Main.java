package io.twinstream.standalone;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.engine.StoppedException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
    name = "twinstream",
    description = "Finds duplicate and near-duplicate images, on a real Kafka Streams topology.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {
      ScanCommand.class,
      SampleCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      StreamCommand.class,
      SubmitCommand.class,
      ExplainUrlCommand.class,
      PendingCommand.class,
      HostsCommand.class,
      IndexCommand.class,
      VerifyCommand.class,
      ReplayCommand.class,
      SweepCommand.class,
      RunsCommand.class,
      DiffCommand.class,
      AdoptCommand.class,
      ChaosCommand.class,
      RetryFailedCommand.class,
      DeadLettersCommand.class,
      RebuildCommand.class,
      FingerprintCommand.class,
      CompareCommand.class,
      AccuracyCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Try:  ./twinstream sample pictures && ./twinstream scan pictures",
      "Each command has a --help of its own."
    })
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    CommandLine line = commandLine();
    int code = run(line, args);
    line.getOut().flush();
    line.getErr().flush();
    Interruption.commandTold();
    if (code == ExitCode.BROKEN) {
      // Parts that failed may still wait for each other, in hooks of theirs, too.
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(Main::explain)
        .setParameterExceptionHandler((e, args) -> refuse(e));
  }

  /** Runs a command and returns its exit code. */
  static int run(CommandLine line, String... args) {
    return args.length == 0 ? help(line) : line.execute(args);
  }

  private static int help(CommandLine line) {
    line.usage(line.getErr());
    return ExitCode.USAGE;
  }

  private static int refuse(CommandLine.ParameterException e) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(e.getMessage());
    boolean suggested = CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    if (!suggested && !line.getSubcommands().isEmpty()) {
      err.println("Commands: " + String.join(", ", line.getSubcommands().keySet()));
    }
    err.printf("All options: %s --help%n", line.getCommandSpec().qualifiedName());
    return ExitCode.USAGE;
  }

  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed)
      throws Exception {
    int code =
        switch (e) {
          case RefusedException refused -> ExitCode.USAGE;
          case BrokenException broken -> ExitCode.BROKEN;
          case StoppedException stopped -> ExitCode.INTERRUPTED;
          default -> throw e;
        };
    line.getErr().println(e.getMessage());
    return code;
  }
}
