package io.twinstream.ingest.folder;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through a folder depth first, the entries of each folder in the order of their names. Only
 * the names in the folders between the root and the current place are in memory.
 */
final class FolderWalk {
  /** What the walk came upon. */
  sealed interface Entry {
    Path path();

    /** A regular file. */
    record File(Path path, BasicFileAttributes attributes) implements Entry {}

    /** A folder that is gone into next. */
    record Folder(Path path) implements Entry {}

    /** A folder that is to be left out. */
    record Excluded(Path path) implements Entry {}

    /** A link, a device and the like, or something that is no longer there. */
    record Other(Path path) implements Entry {}

    /** A folder or a file that the system won't show. */
    record Unreadable(Path path, IOException reason) implements Entry {}
  }

  private record Level(Path folder, Iterator<Path> names) {}

  private final Disk disk;
  private final Set<Path> excluded;
  private final Deque<Level> levels = new ArrayDeque<>();

  /**
   * @param root a real path, so that every path met is one
   * @param excluded real paths of folders to leave out
   * @throws IOException if the root can't be listed
   */
  FolderWalk(Disk disk, Path root, Set<Path> excluded) throws IOException {
    this.disk = disk;
    this.excluded = excluded;
    enter(root);
  }

  /** The next entry; empty at the end. */
  Optional<Entry> next() {
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (level.names.hasNext()) {
        return Optional.of(entry(level.folder.resolve(level.names.next())));
      }
      levels.pop();
    }
    return Optional.empty();
  }

  private Entry entry(Path path) {
    try {
      BasicFileAttributes attributes = disk.attributes(path);
      if (attributes.isRegularFile()) {
        return new Entry.File(path, attributes);
      }
      if (!attributes.isDirectory()) {
        return new Entry.Other(path);
      }
      if (excluded.contains(path)) {
        return new Entry.Excluded(path);
      }
      enter(path);
      return new Entry.Folder(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return new Entry.Other(path);
    } catch (IOException e) {
      return new Entry.Unreadable(path, e);
    }
  }

  private void enter(Path folder) throws IOException {
    levels.push(new Level(folder, disk.names(folder).iterator()));
  }
}
