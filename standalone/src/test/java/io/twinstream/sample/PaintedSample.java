package io.twinstream.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.Codes;
import io.twinstream.schema.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * A sample as somebody finds it on disk: files and {@code truth.json}, nothing from the painter.
 */
record PaintedSample(JsonNode truth, SortedMap<String, Fingerprint> pictures) {

  static PaintedSample read(Path dir) throws IOException {
    LocalFingerprinter fingerprinter =
        new LocalFingerprinter(
            new FingerprintSettings(
                10_000_000,
                List.of(FingerprintSettings.DEFAULT_HASH),
                Orientations.ALL,
                Views.ALL,
                false,
                false,
                false));
    SortedMap<String, Fingerprint> pictures = new ConcurrentSkipListMap<>();
    files(dir).entrySet().parallelStream()
        .filter(file -> !file.getKey().matches("truth.json|README.txt"))
        .forEach(file -> {
          if (fingerprinter.fingerprint(content(file.getValue()))
              instanceof FingerprintOutcome.Done(Fingerprint print, _)) {
            pictures.put(file.getKey(), print);
          }
        });
    return new PaintedSample(
        new ObjectMapper().readTree(dir.resolve("truth.json").toFile()), pictures);
  }

  /** All files by their path relative to the folder. */
  static SortedMap<String, Path> files(Path dir) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(dir)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> files.put(dir.relativize(file).toString().replace('\\', '/'), file));
    }
    return files;
  }

  static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<List<String>> groups() {
    List<List<String>> groups = new ArrayList<>();
    for (JsonNode group : truth.get("groups")) {
      groups.add(strings(group.get("members")));
    }
    return groups;
  }

  List<List<String>> hardNegatives() {
    List<List<String>> pairs = new ArrayList<>();
    for (JsonNode pair : truth.get("hard_negatives")) {
      pairs.add(strings(pair));
    }
    return pairs;
  }

  /** Every pair of pictures once, with what the truth says of it and what the hash says. */
  List<Pair> pairs() {
    Map<String, Integer> groupOf = new HashMap<>();
    List<List<String>> groups = groups();
    for (int i = 0; i < groups.size(); i++) {
      for (String member : groups.get(i)) {
        groupOf.put(member, i);
      }
    }
    List<String> paths = List.copyOf(pictures.keySet());
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      for (int j = 0; j < i; j++) {
        Integer group = groupOf.get(paths.get(i));
        boolean alike = group != null && group.equals(groupOf.get(paths.get(j)));
        pairs.add(
            new Pair(
                paths.get(j),
                paths.get(i),
                alike,
                codes(paths.get(i)).nearest(codes(paths.get(j))).distance()));
      }
    }
    return pairs;
  }

  private Codes codes(String path) {
    return pictures.get(path).codes(FingerprintSettings.DEFAULT_HASH).orElseThrow();
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(string -> strings.add(string.asText()));
    return strings;
  }

  /**
   * Two pictures.
   *
   * @param alike whether the truth has them in one group
   * @param distance in bits
   */
  record Pair(String one, String other, boolean alike, int distance) {}
}
