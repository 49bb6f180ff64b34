package io.twinstream.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that were bent at random, decoded in processes of their own, so that a crash of native code
 * is a finding with its seed. How many is said by {@code -Dtwinstream.fuzz.cases}, from which on by
 * {@code -Dtwinstream.fuzz.seed}; the profile {@code fuzz} has the long form.
 */
class HostileFilesTest {
  private static final int CASES = Integer.getInteger("twinstream.fuzz.cases", 400);
  private static final long FIRST = Long.getLong("twinstream.fuzz.seed", 1);
  private static final int DECODES = Integer.getInteger("twinstream.fuzz.decodes", 600);
  private static final int AT_ONCE = 2_000;
  private static final int MOST_FINDINGS = 20;
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration SILENCE = Duration.ofSeconds(60);

  /** Half of a row of grey pixels of the pictures that are decoded. */
  private static final double GROWTH_KILOBYTES_A_PICTURE = 7.8;

  @TempDir Path folder;

  @Test
  void everyBentFileIsAPictureOrRefusedAndNoneEndsTheProcess() throws Exception {
    List<String> findings = new ArrayList<>();
    Instant end = Instant.now().plus(LONGEST);
    long next = FIRST;
    while (next < FIRST + CASES && findings.size() < MOST_FINDINGS && Instant.now().isBefore(end)) {
      long to = Math.min(next + AT_ONCE, FIRST + CASES);
      List<String> said = new ArrayList<>();
      int exit = run(said, "bent", Long.toString(next), Long.toString(to));
      said.stream().filter(line -> line.startsWith("wrong ")).forEach(findings::add);
      if (exit == 0) {
        next = to;
      } else {
        String last = said.getLast();
        findings.add("the process ended with %s after: %s".formatted(exit, last));
        next = last.startsWith("seed ") ? Long.parseLong(last.substring(5)) + 1 : to;
      }
    }

    assertThat(findings).isEmpty();
    assertThat(next - FIRST).as("files decoded within %s", LONGEST).isEqualTo(CASES);
    System.out.printf("%,d bent files decoded%n", next - FIRST);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryDoesNotGrowWithTheNumberOfPictures() throws Exception {
    List<String> said = new ArrayList<>();

    int exit = run(said, "many", Integer.toString(DECODES));

    assertThat(exit).as("exit after %s", said).isZero();
    List<double[]> samples =
        said.stream()
            .filter(line -> line.startsWith("memory "))
            .map(line -> Stream.of(line.split(" ")).skip(1).mapToDouble(Double::parseDouble))
            .map(DoubleStream::toArray)
            .toList();
    double resident = growth(samples, 1);
    double heap = growth(samples, 2);
    System.out.printf("KB a picture: resident %.2f, heap %.2f; %s%n", resident, heap, said);
    assertThat(samples).hasSizeGreaterThanOrEqualTo(10);
    assertThat(resident).as("resident, %s", said).isLessThan(GROWTH_KILOBYTES_A_PICTURE);
    assertThat(heap).as("heap, %s", said).isLessThan(GROWTH_KILOBYTES_A_PICTURE);
  }

  /** The slope of the line that fits best: a single measurement jumps by megabytes. */
  private static double growth(List<double[]> samples, int column) {
    double meanPictures = samples.stream().mapToDouble(s -> s[0]).average().orElseThrow();
    double mean = samples.stream().mapToDouble(s -> s[column]).average().orElseThrow();
    double together = 0;
    double squares = 0;
    for (double[] sample : samples) {
      together += (sample[0] - meanPictures) * (sample[column] - mean);
      squares += (sample[0] - meanPictures) * (sample[0] - meanPictures);
    }
    return together / squares;
  }

  private int run(List<String> said, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx320m",
            // Else what the heap takes little by little would look like a leak outside of it.
            "-Xms320m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ErrorFile=" + folder.resolve("crash.log"),
            "-XX:-CreateCoredumpOnCrash",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            DecoderProcess.class.getName()));
    command.addAll(List.of(arguments));
    File errors = folder.resolve("stderr").toFile();
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    AtomicReference<Instant> lastWord = new AtomicReference<>(Instant.now());
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor()) {
      Future<?> _ =
          watch.scheduleAtFixedRate(
              () -> {
                if (lastWord.get().plus(SILENCE).isBefore(Instant.now())) {
                  process.destroyForcibly();
                }
              },
              1,
              1,
              TimeUnit.SECONDS);
      String line;
      while ((line = lines.readLine()) != null) {
        said.add(line);
        lastWord.set(Instant.now());
      }
      watch.shutdownNow();
    } finally {
      process.destroyForcibly();
    }
    process.waitFor();
    if (process.exitValue() != 0 && said.isEmpty()) {
      said.add(Files.readString(errors.toPath(), StandardCharsets.UTF_8));
    }
    return process.exitValue();
  }
}
