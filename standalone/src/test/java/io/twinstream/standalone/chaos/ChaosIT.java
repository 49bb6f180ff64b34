package io.twinstream.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.standalone.Main;
import io.twinstream.standalone.engine.ChildProcess.Launcher;
import io.twinstream.standalone.verify.VerifyReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run of what {@code twinstream chaos} does for as long as one likes. */
@Timeout(600)
class ChaosIT {
  private static final String MAIN = Main.class.getName();

  @TempDir private Path folder;

  private ChaosReport run(Duration length, int instances, int images, Sabotage sabotage) {
    Launcher build = Launcher.same(MAIN, "-Xmx512m", "-XX:TieredStopAtLevel=1");
    ChaosSettings settings =
        new ChaosSettings(length, 7, 1, instances, images, sabotage, MAIN, List.of(build));
    return new Chaos(settings, folder, System.out::println, (_, _, _) -> {}).run();
  }

  private VerifyReport sabotaged(Sabotage sabotage) {
    ChaosReport report = run(Duration.ofSeconds(5), 1, 150, sabotage);
    assertThat(report.isRight()).isFalse();
    assertThat(report.leftovers().areNone()).isTrue();
    return report.verified();
  }

  @Test
  void everyVerdictIsThereOnceAndRightWhateverHappens() {
    ChaosReport report = run(Duration.ofSeconds(70), 2, 1500, Sabotage.NONE);

    assertThat(report.isRight()).as(report.toString()).isTrue();
    assertThat(report.images()).isEqualTo(1500);
    assertThat(report.kills()).isGreaterThanOrEqualTo(4);
    boolean canMount = Tmpfs.at(folder.resolve("tried")).isPresent();
    assertThat(report.faults())
        .containsOnlyKeys(
            Arrays.stream(Fault.values())
                .filter(fault -> canMount || fault != Fault.FILL_DISK)
                .map(Fault::toString)
                .toList());
  }

  @Test
  void aVerdictThatIsLeftOutIsFound() {
    VerifyReport report = sabotaged(Sabotage.DROP);

    assertThat(report.missing()).isOne();
    assertThat(report.different() + report.doubled()).isZero();
  }

  @Test
  void aVerdictThatIsAlteredIsFound() {
    VerifyReport report = sabotaged(Sabotage.ALTER);

    assertThat(report.different()).isOne();
    assertThat(report.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("distance="));
    assertThat(report.missing() + report.doubled()).isZero();
  }

  @Test
  void verdictsThatAreDoubledWithoutATransactionAreFound() {
    VerifyReport report = sabotaged(Sabotage.AT_LEAST_ONCE);

    assertThat(report.doubled()).isPositive();
    assertThat(report.missing()).isZero();
  }
}
