package io.twinstream.accuracy;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.fingerprint.LocalFingerprinter;
import io.twinstream.schema.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/**
 * Reads pictures and fingerprints them by all that configurations look at. Keeps in mind which
 * can't be used. Safe under threads.
 */
final class PictureFiles {
  private final LocalFingerprinter fingerprinter;
  private final Set<String> problems = new ConcurrentSkipListSet<>();

  PictureFiles(List<Configuration> configurations) {
    fingerprinter =
        new LocalFingerprinter(
            new FingerprintSettings(
                FingerprintSettings.DEFAULT.maxPixels(),
                Stream.concat(Stream.of(Configuration.DEFAULT), configurations.stream())
                    .map(Configuration::algorithm)
                    .distinct()
                    .toList(),
                Configuration.DEFAULT.orientations(),
                Configuration.DEFAULT.views(),
                false,
                false,
                false));
  }

  /**
   * All files below a folder but hidden ones, sorted.
   *
   * @throws IOException if it, or a folder in it, can't be read
   */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The content of a file, unless that is one of the problems. */
  Optional<byte[]> content(Path folder, Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      problems.add("%s: can't be read, %s".formatted(folder.relativize(file), e));
      return Optional.empty();
    }
  }

  /** The fingerprint of a file in a folder, unless that is one of the problems. */
  Optional<Fingerprint> fingerprint(Path folder, Path file, byte[] content) {
    return switch (outcome(content)) {
      case FingerprintOutcome.Done(Fingerprint fingerprint, _) -> Optional.of(fingerprint);
      case FingerprintOutcome.Refused(var reason, String detail) -> {
        problems.add("%s: %s, %s".formatted(folder.relativize(file), reason, detail));
        yield Optional.empty();
      }
    };
  }

  /** What comes of a picture that has no file of its own. */
  FingerprintOutcome outcome(byte[] content) {
    return fingerprinter.fingerprint(content);
  }

  /** The files that couldn't be used, a line each, by name. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
