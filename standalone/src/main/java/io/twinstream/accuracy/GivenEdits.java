package io.twinstream.accuracy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Edits that somebody else has made: beside the folder {@value #ORIGINALS} one for each edit, with
 * files of the same names, or of the same names but for what follows the last dot.
 */
public final class GivenEdits implements Edits {
  /** The folder of what was edited. */
  public static final String ORIGINALS = "orig";

  private final Path originals;
  // Edit, then original, then what was made of it.
  private final Map<String, Map<Path, Path>> files = new TreeMap<>();
  private final List<String> unused = new ArrayList<>();

  /**
   * Lists what there is.
   *
   * @throws IOException if a folder can't be read
   * @throws IllegalArgumentException if there are no folders as they should be
   */
  public GivenEdits(Path folder) throws IOException {
    originals = folder.resolve(ORIGINALS);
    if (!Files.isDirectory(originals)) {
      throw new IllegalArgumentException(
          "%s has no folder %s with the pictures that were edited".formatted(folder, ORIGINALS));
    }
    Map<String, List<Path>> byStem =
        PictureFiles.in(originals).stream()
            .collect(Collectors.groupingBy(file -> stem(originals, file)));
    for (Path edit : folders(folder)) {
      String name = edit.getFileName().toString();
      if (!name.equals(ORIGINALS) && !name.startsWith(".")) {
        list(name, edit, byStem);
      }
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no folder but %s; each edit needs one".formatted(folder, ORIGINALS));
    }
  }

  private void list(String name, Path edit, Map<String, List<Path>> byStem) throws IOException {
    Map<Path, Path> made = new HashMap<>();
    List<Path> others = new ArrayList<>();
    for (Path file : PictureFiles.in(edit)) {
      Path original = originals.resolve(edit.relativize(file));
      if (Files.isRegularFile(original)) {
        made.put(original, file);
      } else {
        others.add(file);
      }
    }
    List<Path> left = new ArrayList<>();
    for (Path file : others) {
      // Of two originals with that name nobody knows which was edited.
      List<Path> like = byStem.getOrDefault(stem(edit, file), List.of());
      if (like.size() != 1 || made.putIfAbsent(like.getFirst(), file) != null) {
        left.add(edit.relativize(file));
      }
    }
    if (!left.isEmpty()) {
      unused.add(
          "%s: no original has the name of %s (%d files)"
              .formatted(name, left.getFirst(), left.size()));
    }
    files.put(name, made);
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static String stem(Path folder, Path file) {
    String name = folder.relativize(file).toString();
    int dot = name.lastIndexOf('.');
    return dot <= name.lastIndexOf('/') + 1 ? name : name.substring(0, dot);
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public void of(Path photograph, byte[] file, Taker taker) {
    files.forEach((edit, made) -> {
      Path edited = made.get(photograph);
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

  @Override
  public List<String> unused() {
    return List.copyOf(unused);
  }
}
