package io.twinstream.accuracy;

import io.twinstream.accuracy.Accuracy.Lookalike;
import io.twinstream.accuracy.Configuration.Looked;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.match.Preset;
import io.twinstream.schema.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Measures configurations on a folder of photographs. Used once, by one thread. */
public final class AccuracyRun {
  /** With fewer photographs there is nothing to be said of false pairs. */
  public static final int MIN_PHOTOGRAPHS = 50;

  private final List<Configuration> configurations;
  private final boolean trusted;
  private final Progress progress;
  private final LocalFingerprinter fingerprinter;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> missing = new TreeMap<>();

  /** Is told how far it has come, by several threads. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param what is being done, for people
     */
    void at(String what, int done, int of);
  }

  /**
   * Ready to run.
   *
   * @param trusted whether all photographs are distinct, however alike they look
   */
  public AccuracyRun(List<Configuration> configurations, boolean trusted, Progress progress) {
    this.configurations = List.copyOf(configurations);
    this.trusted = trusted;
    this.progress = progress;
    List<String> algorithms =
        Stream.concat(Stream.of(Configuration.DEFAULT), configurations.stream())
            .map(Configuration::algorithm)
            .distinct()
            .toList();
    this.fingerprinter =
        new LocalFingerprinter(
            new FingerprintSettings(
                FingerprintSettings.DEFAULT.maxPixels(),
                algorithms,
                Orientations.ALL,
                Views.ALL,
                false,
                false,
                false));
  }

  /** A photograph that could be read. */
  private record Photograph(String name, Fingerprint fingerprint) {}

  /** What became of one file. */
  private record Result(Optional<Photograph> photograph, List<Map<String, Integer>> distances) {}

  /**
   * Measures.
   *
   * @param distinct the folder of distinct photographs
   * @param edited the folder of those that are edited, which may be the same
   * @throws IOException if a folder can't be read
   * @throws IllegalArgumentException if there are too few photographs
   * @throws InterruptedException if the thread was interrupted
   */
  public Accuracy measure(Path distinct, Path edited, Edits edits)
      throws IOException, InterruptedException {
    boolean same = distinct.equals(edited);
    List<Path> files = pictures(edited);
    if (same) {
      // Before the work that would be for nothing.
      require(edited, files.size());
    }
    List<Map<String, Distances>> found = new ArrayList<>();
    List<Photograph> photographs = new ArrayList<>();
    for (Result result : all("Edited", files, file -> edited(edited, file, edits))) {
      result.photograph().ifPresent(photographs::add);
      for (int i = 0; i < result.distances().size(); i++) {
        if (found.size() <= i) {
          int bits = looked(i, photographs.getLast()).bits();
          Map<String, Distances> byEdit = new LinkedHashMap<>();
          edits.names().forEach(edit -> byEdit.put(edit, new Distances(bits)));
          found.add(byEdit);
        }
        Map<String, Distances> byEdit = found.get(i);
        result.distances().get(i).forEach((edit, distance) -> byEdit.get(edit).add(distance, 1));
      }
    }
    int number = photographs.size();
    if (number == 0) {
      throw new IllegalArgumentException("%s has no picture that can be used".formatted(edited));
    }
    if (!same) {
      photographs.clear();
      for (Result result : all("Read", pictures(distinct), file -> read(distinct, file))) {
        result.photograph().ifPresent(photographs::add);
      }
    }
    require(distinct, photographs.size());
    List<Lookalike> lookalikes = trusted ? List.of() : withoutLookalikes(photographs);
    require(distinct, photographs.size());
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < configurations.size(); i++) {
      progress.at("Compared", i, configurations.size());
      measured.add(measured(i, photographs, found.get(i)));
    }
    return new Accuracy(
        photographs.size(),
        number,
        measured,
        lookalikes,
        problems,
        missing.entrySet().stream()
            .map(entry -> "%s (%d times)".formatted(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static void require(Path folder, int photographs) {
    if (photographs < MIN_PHOTOGRAPHS) {
      throw new IllegalArgumentException(
          "%s has %d pictures that can be used; at least %d distinct ones are needed to say anything of false matches"
              .formatted(folder, photographs, MIN_PHOTOGRAPHS));
    }
  }

  private static List<Path> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private Result edited(Path folder, Path path, Edits edits) throws IOException {
    byte[] file = Files.readAllBytes(path);
    Optional<Photograph> photograph = photograph(folder, path, file);
    if (photograph.isEmpty()) {
      return new Result(photograph, List.of());
    }
    List<Looked> originals = new ArrayList<>();
    List<Map<String, Integer>> distances = new ArrayList<>();
    for (int i = 0; i < configurations.size(); i++) {
      originals.add(looked(i, photograph.get()));
      distances.add(new LinkedHashMap<>());
    }
    edits.of(
        path,
        file,
        new Edits.Taker() {
          @Override
          public void edited(String edit, byte[] made) {
            switch (fingerprinter.fingerprint(made)) {
              case FingerprintOutcome.Done(Fingerprint fingerprint, _) -> {
                for (int i = 0; i < originals.size(); i++) {
                  Looked look = configurations.get(i).of(fingerprint);
                  distances.get(i).put(edit, look.distanceTo(originals.get(i)));
                }
              }
              case FingerprintOutcome.Refused(var reason, String detail) ->
                  missing(edit, "%s, %s".formatted(reason, detail));
            }
          }

          @Override
          public void missing(String edit, String reason) {
            note("%s: %s".formatted(edit, reason));
          }
        });
    return new Result(photograph, distances);
  }

  private synchronized void note(String reason) {
    missing.merge(reason, 1, Integer::sum);
  }

  private Result read(Path folder, Path path) throws IOException {
    return new Result(photograph(folder, path, Files.readAllBytes(path)), List.of());
  }

  private Optional<Photograph> photograph(Path folder, Path path, byte[] file) {
    String name = folder.relativize(path).toString();
    return switch (fingerprinter.fingerprint(file)) {
      case FingerprintOutcome.Done(Fingerprint fingerprint, _) ->
          Optional.of(new Photograph(name, fingerprint));
      case FingerprintOutcome.Refused(var reason, String detail) -> {
        synchronized (this) {
          problems.add("%s: %s, %s".formatted(name, reason, detail));
        }
        yield Optional.empty();
      }
    };
  }

  private Looked looked(int configuration, Photograph photograph) {
    return configurations.get(configuration).of(photograph.fingerprint());
  }

  /** Side by side, with the results in the order of the files. */
  private List<Result> all(String what, List<Path> files, Work work) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Result>> running = new ArrayList<>();
      for (Path file : files) {
        Callable<Result> one = () -> work.of(file);
        running.add(threads.submit(one));
      }
      try {
        for (Future<Result> future : running) {
          results.add(future.get());
          progress.at(what, results.size(), files.size());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("measuring failed: " + e.getCause(), e);
      } finally {
        threads.shutdownNow();
      }
    }
    return results;
  }

  private interface Work {
    Result of(Path file) throws IOException;
  }

  /** Takes those out that look like one before them, and says which. */
  private List<Lookalike> withoutLookalikes(List<Photograph> photographs) {
    int radius = Preset.STRICT.radius(Configuration.DEFAULT.algorithm()).orElseThrow();
    List<Looked> kept = new ArrayList<>();
    List<Photograph> distinct = new ArrayList<>();
    List<Lookalike> lookalikes = new ArrayList<>();
    for (Photograph photograph : photographs) {
      Looked look = Configuration.DEFAULT.of(photograph.fingerprint());
      Optional<Lookalike> like = Optional.empty();
      for (int i = 0; i < kept.size() && like.isEmpty(); i++) {
        int distance = look.distanceTo(kept.get(i));
        boolean isEqual =
            photograph.fingerprint().sha256().equals(distinct.get(i).fingerprint().sha256());
        if (distance <= radius || isEqual) {
          like =
              Optional.of(
                  new Lookalike(photograph.name(), distinct.get(i).name(), isEqual ? 0 : distance));
        }
      }
      if (like.isEmpty()) {
        kept.add(look);
        distinct.add(photograph);
      } else {
        lookalikes.add(like.get());
      }
    }
    photographs.clear();
    photographs.addAll(distinct);
    return lookalikes;
  }

  private Measured measured(int i, List<Photograph> photographs, Map<String, Distances> found) {
    List<Looked> looks = photographs.stream().map(photograph -> looked(i, photograph)).toList();
    int bits = looks.getFirst().bits();
    short[][] distances = new short[looks.size()][];
    Distances pairs = new Distances(bits);
    for (int later = 0; later < distances.length; later++) {
      distances[later] = new short[later];
      for (int earlier = 0; earlier < later; earlier++) {
        int distance = looks.get(later).distanceTo(looks.get(earlier));
        distances[later][earlier] = (short) distance;
        pairs.add(distance, 1);
      }
    }
    return new Measured(configurations.get(i), pairs, Tail.of(distances, bits), found);
  }
}
