package io.twinstream.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Edits that somebody else has made: beside the folder {@value #ORIGINALS} one for each edit, with
 * files of the same names, or of the same names but for what follows the last dot.
 */
public final class GivenEdits implements Edits {
  /** The folder of what was edited. */
  public static final String ORIGINALS = "orig";

  // Edit, then name without its end.
  private final Map<String, Map<String, Path>> files = new TreeMap<>();

  /**
   * Lists what there is.
   *
   * @throws IOException if a folder can't be read
   * @throws IllegalArgumentException if there are no folders as they should be
   */
  public GivenEdits(Path folder) throws IOException {
    if (!Files.isDirectory(folder.resolve(ORIGINALS))) {
      throw new IllegalArgumentException(
          "%s has no folder %s with the pictures that were edited".formatted(folder, ORIGINALS));
    }
    for (Path edit : list(folder)) {
      String name = edit.getFileName().toString();
      if (Files.isDirectory(edit) && !name.equals(ORIGINALS) && !name.startsWith(".")) {
        Map<String, Path> made = new TreeMap<>();
        list(edit).forEach(file -> made.put(stem(file), file));
        files.put(name, made);
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no folder but %s; each edit needs one".formatted(folder, ORIGINALS));
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  @Override
  public List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public void of(Path photograph, byte[] file, Taker taker) {
    files.forEach((edit, made) -> {
      Path edited = made.get(stem(photograph));
      try {
        if (edited == null) {
          taker.missing(edit, "there is no such file");
        } else {
          taker.edited(edit, Files.readAllBytes(edited));
        }
      } catch (IOException e) {
        taker.missing(edit, "can't read %s: %s".formatted(edited, e.getMessage()));
      }
    });
  }
}
