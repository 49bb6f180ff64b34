package io.twinstream.accuracy;

import io.twinstream.accuracy.Configuration.Looked;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.schema.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures configurations on a folder of photographs. Used once, by one thread. */
public final class AccuracyRun {
  /** With fewer photographs there is nothing to be said of false pairs. */
  public static final int MIN_PHOTOGRAPHS = 50;

  private final List<Configuration> configurations;
  private final boolean trusted;
  private final Progress progress;
  private final PictureFiles pictures;
  private final Map<String, Integer> missing = new ConcurrentSkipListMap<>();

  /** Is told how far it has come, by the thread that measures. */
  @FunctionalInterface
  public interface Progress {
    /**
     * One more is done.
     *
     * @param what was done, for people
     * @param done 1 or more
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
    this.pictures = new PictureFiles(configurations);
  }

  /** A photograph that could be read. */
  record Photograph(String name, Fingerprint fingerprint) {}

  /**
   * A photograph and what became of it.
   *
   * @param distances by configuration, then by edit
   */
  private record Edited(Photograph photograph, List<Map<String, Integer>> distances) {}

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
    List<Path> files = PictureFiles.in(edited);
    List<Path> distinctFiles = distinct.equals(edited) ? files : PictureFiles.in(distinct);
    // Before the work that would be for nothing.
    require(distinct, distinctFiles.size());
    List<Edited> found = all("Edited", files, file -> edited(edited, file, edits));
    if (found.isEmpty()) {
      throw new IllegalArgumentException("%s has no picture that can be used".formatted(edited));
    }
    List<Photograph> photographs =
        distinct.equals(edited)
            ? found.stream().map(Edited::photograph).toList()
            : all("Read", distinctFiles, file -> photograph(distinct, file));
    require(distinct, photographs.size());
    HiddenDuplicates parted =
        trusted
            ? new HiddenDuplicates(photographs, List.of())
            : HiddenDuplicates.among(photographs);
    require(distinct, parted.distinct().size());
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < configurations.size(); i++) {
      measured.add(measured(i, parted.distinct(), found, edits.names()));
      progress.at("Compared", i + 1, configurations.size());
    }
    List<String> notes = new ArrayList<>(edits.unused());
    missing.forEach((reason, times) -> notes.add("%s (%d times)".formatted(reason, times)));
    return new Accuracy(
        parted.distinct().size(),
        found.size(),
        measured,
        parted.lookalikes(),
        pictures.problems(),
        notes);
  }

  private static void require(Path folder, int photographs) {
    if (photographs < MIN_PHOTOGRAPHS) {
      throw new IllegalArgumentException(
          "%s has %d pictures that can be used; at least %d distinct ones are needed to say anything of false matches"
              .formatted(folder, photographs, MIN_PHOTOGRAPHS));
    }
  }

  private Optional<Photograph> photograph(Path folder, Path file) {
    return pictures.content(folder, file).flatMap(content -> photograph(folder, file, content));
  }

  private Optional<Photograph> photograph(Path folder, Path file, byte[] content) {
    return pictures
        .fingerprint(folder, file, content)
        .map(fingerprint -> new Photograph(folder.relativize(file).toString(), fingerprint));
  }

  private Optional<Edited> edited(Path folder, Path file, Edits edits) {
    return pictures
        .content(folder, file)
        .flatMap(content ->
            photograph(folder, file, content)
                .map(photograph ->
                    new Edited(
                        photograph, distances(photograph.fingerprint(), file, content, edits))));
  }

  private List<Map<String, Integer>> distances(
      Fingerprint original, Path file, byte[] content, Edits edits) {
    List<Map<String, Integer>> distances = new ArrayList<>();
    configurations.forEach(_ -> distances.add(new HashMap<>()));
    edits.of(
        file,
        content,
        new Edits.Taker() {
          @Override
          public void edited(String edit, byte[] made) {
            switch (pictures.outcome(made)) {
              case FingerprintOutcome.Done(Fingerprint fingerprint, _) -> {
                for (int i = 0; i < distances.size(); i++) {
                  Configuration configuration = configurations.get(i);
                  Looked look = configuration.of(fingerprint);
                  distances.get(i).put(edit, look.distanceTo(configuration.of(original)));
                }
              }
              case FingerprintOutcome.Refused(var reason, String detail) ->
                  missing(edit, "%s, %s".formatted(reason, detail));
            }
          }

          @Override
          public void missing(String edit, String reason) {
            missing.merge("%s: %s".formatted(edit, reason), 1, Integer::sum);
          }
        });
    return distances;
  }

  private interface Work<T> {
    Optional<T> of(Path file);
  }

  /** Side by side, with the results in the order of the files. */
  private <T> List<T> all(String what, List<Path> files, Work<T> work) throws InterruptedException {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<Optional<T>>> running = new ArrayList<>();
      for (Path file : files) {
        Callable<Optional<T>> one = () -> work.of(file);
        running.add(threads.submit(one));
      }
      try {
        for (int i = 0; i < files.size(); i++) {
          running.get(i).get().ifPresent(results::add);
          progress.at(what, i + 1, files.size());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("measuring failed: " + e.getCause(), e);
      } finally {
        threads.shutdownNow();
      }
    }
    return results;
  }

  private Measured measured(
      int i, List<Photograph> photographs, List<Edited> found, List<String> edits) {
    Configuration configuration = configurations.get(i);
    List<Looked> looks =
        photographs.stream().map(one -> configuration.of(one.fingerprint())).toList();
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
    Map<String, Distances> byEdit = new LinkedHashMap<>();
    edits.forEach(edit -> byEdit.put(edit, new Distances(bits)));
    for (Edited one : found) {
      one.distances().get(i).forEach((edit, distance) -> byEdit.get(edit).add(distance, 1));
    }
    return new Measured(configuration, pairs, Tail.of(distances, bits), byEdit);
  }
}
