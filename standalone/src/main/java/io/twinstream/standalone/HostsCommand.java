package io.twinstream.standalone;

import io.twinstream.schema.FetchInstruction;
import io.twinstream.schema.FetchSubject;
import io.twinstream.standalone.operate.Instructions;
import io.twinstream.standalone.service.ServiceLog;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinstream hosts}. */
@Command(
    name = "hosts",
    description = "Stops hosts and resumes them, and shows which are stopped.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      HostsCommand.ListCommand.class,
      HostsCommand.StopCommand.class,
      HostsCommand.ResumeCommand.class
    })
final class HostsCommand {
  @Command(
      name = "list",
      description = "Shows what operators have said about hosts.",
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:shown",
        "1:the cluster does not answer",
        "2:wrong options, or topics are missing"
      },
      footer = {"", "Example:", "  twinstream hosts list --bootstrap broker:9092"})
  static final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      ServiceLog.toTerminal();
      Map<FetchSubject, FetchInstruction> all =
          new Instructions(cluster.reached(), cluster.topics()).read();
      PrintWriter out = spec.commandLine().getOut();
      all.forEach((subject, said) -> {
        if (subject instanceof FetchSubject.Host(String host)) {
          out.println(line(host, said));
        }
      });
      if (all.keySet().stream().noneMatch(FetchSubject.Host.class::isInstance)) {
        out.println("No host is stopped.");
      }
      return ExitCode.OK;
    }

    private static String line(String host, FetchInstruction said) {
      return "%s: %s%s, said at %s%s"
          .formatted(
              host,
              said.stopped() ? "stopped" : "not stopped",
              said.cancels() ? ", cancelled what came before " + said.cancelledBefore() : "",
              said.at(),
              said.note().isEmpty() ? "" : ": " + said.note());
    }
  }

  @Command(
      name = "stop",
      description = {
        "Stops a host: no instance asks it any more, and what is being downloaded from it is broken"
            + " off. Its images wait, for as long as it takes, and nothing else does."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:said; instances that run obey within a second, others when they are started again",
        "1:the cluster does not answer",
        "2:wrong options, or topics are missing"
      },
      footer = {
        "",
        "Examples:",
        "  twinstream hosts stop example.org --note \"they called\"",
        "  twinstream hosts stop example.org:8080"
      })
  static final class StopCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "HOST",
        converter = HostConverter.class,
        description = "A name or an address; without a port it means all ports.")
    private FetchSubject.Host host;

    @Mixin private NoteOption note;

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      ServiceLog.toTerminal();
      String text = note.text();
      new Instructions(cluster.reached(), cluster.topics()).stop(host, text, now());
      spec.commandLine()
          .getOut()
          .printf("%s is stopped. To resume it: twinstream hosts resume %1$s%n", host.host());
      return ExitCode.OK;
    }
  }

  @Command(
      name = "resume",
      description = {
        "Resumes a host that was stopped. What waits for it is fetched, as gently as ever; what was"
            + " cancelled stays so."
      },
      mixinStandardHelpOptions = true,
      versionProvider = VersionProvider.class,
      sortOptions = false,
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:said, or it was not stopped",
        "1:the cluster does not answer",
        "2:wrong options, or topics are missing"
      },
      footer = {"", "Example:", "  twinstream hosts resume example.org"})
  static final class ResumeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
        paramLabel = "HOST",
        converter = HostConverter.class,
        description = "As it was stopped: with a port, or without one.")
    private FetchSubject.Host host;

    @Mixin private ClusterOptions cluster;

    @Override
    public Integer call() {
      ServiceLog.toTerminal();
      boolean wasStopped =
          new Instructions(cluster.reached(), cluster.topics()).resume(host, now());
      spec.commandLine()
          .getOut()
          .println(
              wasStopped
                  ? host.host() + " is resumed."
                  : host.host() + " was not stopped; see: twinstream hosts list");
      return ExitCode.OK;
    }
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
