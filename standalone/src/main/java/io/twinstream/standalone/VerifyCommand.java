package io.twinstream.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import io.twinstream.standalone.operate.KnownTopics;
import io.twinstream.standalone.replay.RunVerification;
import io.twinstream.standalone.replay.Runs;
import io.twinstream.standalone.service.HealthEndpoint;
import io.twinstream.standalone.verify.Verification;
import io.twinstream.standalone.verify.VerifyReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code twinstream verify}. */
@Command(
    name = "verify",
    description = {
      "Proves that every event has exactly one verdict, and that it is the right one: reads the"
          + " events, the fingerprint log and the verdicts, judges each image anew by comparing it"
          + " with every other one, without the index, and compares.",
      "Works on a running system: what has no verdict yet is told apart from what has lost it. A"
          + " verdict that depends on an image that has left the log can't be judged anew; it is"
          + " counted apart.",
      "All fingerprints of the log are kept in memory, and the time grows with the square of the"
          + " number of images in a collection."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every event has one verdict, and all are right, or it is still under way",
      "1:verdicts are missing, doubled or different",
      "2:wrong options, or topics are missing",
      "4:nothing is wrong, but some verdicts can't be judged anew",
      "5:could not look: the cluster does not answer, or the data directory is in use",
      "130, 143:stopped by Ctrl-C or SIGTERM"
    },
    footer = {
      "",
      "Examples:",
      "  twinstream verify --data twinstream-out/.data",
      "  twinstream verify --bootstrap kafka:9092 --wait-for 60",
      "  twinstream verify --every 15 --health-port 8081",
      "  twinstream verify --run tight"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  @Mixin private SystemOptions system;

  @Option(
      names = "--wait-for",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description =
          "How long events that are under way are waited for before they are counted as such."
              + " Default: ${DEFAULT-VALUE}.")
  private int patience;

  @Option(
      names = "--run",
      paramLabel = "NAME",
      description =
          "Look at the verdicts of a replay that is done, instead of those of the app itself.")
  private String run;

  @Option(
      names = "--every",
      paramLabel = "MINUTES",
      description = "Go on until it is stopped, and verify everything anew so often.")
  private Integer every;

  @Option(
      names = "--health-port",
      paramLabel = "PORT",
      description =
          "With --every: answers GET /health/ready with 200 as long as nothing is wrong and 503"
              + " else, or while it has not been able to look, and on this machine GET /verify with"
              + " the last report.")
  private Integer healthPort;

  @Option(names = "--json", description = "Print the report as one line of JSON.")
  private boolean json;

  private final CountDownLatch stop = new CountDownLatch(1);

  @Override
  public Integer call() throws Exception {
    system.log();
    if (patience < 0) {
      throw new RefusedException("--wait-for is 0 or more, not " + patience);
    }
    if (run != null && (every != null || patience > 0)) {
      throw new RefusedException("with --run there is nothing to wait for");
    }
    if (every != null && every < 1) {
      throw new RefusedException("--every is 1 or more, not " + every);
    }
    if (healthPort != null && every == null) {
      throw new RefusedException("--health-port needs --every");
    }
    try {
      return Interruption.stopping(stop::countDown, () -> system.at(this::run));
    } catch (BrokenException e) {
      spec.commandLine().getErr().println(e.getMessage());
      return ExitCode.UNSEEN;
    }
  }

  private int run(Supplier<String> bootstrapServers) {
    if (every == null) {
      return print(report(bootstrapServers.get()));
    }
    AtomicReference<VerifyReport> last = new AtomicReference<>();
    if (healthPort == null) {
      return again(bootstrapServers.get(), last);
    }
    try (HealthEndpoint health =
        HealthEndpoint.start(
            healthPort,
            () -> true,
            () -> last.get() != null && !last.get().isBroken(),
            Map.of("/verify", _ -> Optional.ofNullable(last.get())))) {
      LoggerFactory.getLogger(VerifyCommand.class)
          .info("The last report is told at port {}", health.port());
      return again(bootstrapServers.get(), last);
    }
  }

  private int again(String bootstrapServers, AtomicReference<VerifyReport> last) {
    int code = ExitCode.UNSEEN;
    do {
      try {
        VerifyReport report = report(bootstrapServers);
        last.set(report);
        if (!json) {
          spec.commandLine().getOut().println(Instant.now());
        }
        code = print(report);
      } catch (BrokenException e) {
        // A watch goes on watching; until it has looked again, nobody knows.
        spec.commandLine()
            .getErr()
            .printf("%s could not look: %s%n", Instant.now(), e.getMessage());
        last.set(null);
      }
    } while (!isStopped());
    return code == ExitCode.BROKEN ? code : ExitCode.INTERRUPTED;
  }

  private boolean isStopped() {
    try {
      return stop.await(every, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private VerifyReport report(String bootstrapServers) {
    if (run != null) {
      try (Runs runs =
          new Runs(
              new KnownTopics(bootstrapServers, () -> stop.getCount() == 0), system.topics())) {
        return new RunVerification(runs, run, new ReadingProgress(spec.commandLine().getErr()))
            .run();
      }
    }
    try (Verification verification =
        new Verification(
            bootstrapServers,
            system.topics(),
            Duration.ofSeconds(patience),
            () -> stop.getCount() == 0,
            new ReadingProgress(spec.commandLine().getErr()))) {
      return verification.run();
    }
  }

  private int print(VerifyReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      try {
        out.println(JSON.writeValueAsString(report));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    } else {
      VerifyText.print(out, report);
    }
    out.flush();
    if (report.isBroken()) {
      return ExitCode.BROKEN;
    }
    return report.unverifiable() > 0 ? ExitCode.UNVERIFIABLE : ExitCode.OK;
  }
}
