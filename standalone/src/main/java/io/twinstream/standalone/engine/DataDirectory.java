package io.twinstream.standalone.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.twinstream.schema.Threshold;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folder that an engine keeps everything in: broker log, state, and what was decided when it
 * was made. Locked while it is open, against other processes and this one. Confined to one thread.
 */
public final class DataDirectory implements AutoCloseable {
  private static final int VERSION = 1;

  /** What broker and stores take before there is anything in them, and some more. */
  private static final long MIN_FREE_BYTES = 16L << 20;

  private static final String MARKER = "twinstream.json";
  private static final String DRAFT = "twinstream.json.part";
  // Of this process; shared, so thread-safe. A lock file must not be opened twice, since closing it
  // once gives up the lock for the whole process.
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path path;
  private final FileChannel lockFile;
  private Contents contents;

  private DataDirectory(Path path, FileChannel lockFile, Contents contents) {
    this.path = path;
    this.lockFile = lockFile;
    this.contents = contents;
  }

  /**
   * A source that was read into the directory.
   *
   * @param name unique within the directory
   * @param config the settings of its connector, without its name; they tell one source from
   *     another
   */
  public record KnownSource(String name, Map<String, String> config) {
    public KnownSource {
      config = Map.copyOf(config);
    }
  }

  private record Contents(
      int version,
      Threshold threshold,
      Threshold adopted,
      List<KnownSource> sources,
      List<Path> roots) {
    private static final Contents NONE = new Contents(VERSION, null, null, List.of(), List.of());

    private Contents {
      sources = sources == null ? List.of() : List.copyOf(sources);
      roots = roots == null ? List.of() : List.copyOf(roots);
    }

    private Contents decided(Threshold first) {
      return new Contents(VERSION, first, adopted, sources, roots);
    }

    private Contents adopting(Threshold now) {
      return new Contents(VERSION, threshold, now, sources, roots);
    }

    private Contents with(KnownSource source) {
      return new Contents(VERSION, threshold, adopted, and(sources, source), roots);
    }

    private Contents with(Path root) {
      return new Contents(VERSION, threshold, adopted, sources, and(roots, root));
    }

    private static <T> List<T> and(List<T> some, T other) {
      List<T> all = new ArrayList<>(some);
      all.add(other);
      return all;
    }
  }

  /**
   * Opens a directory, and makes it if it is new.
   *
   * @throws RefusedException if it holds something else, or was made by another version
   * @throws BrokenException if it is in use or can't be written to
   */
  public static DataDirectory open(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new RefusedException(path + " is no folder; name another one with --data");
    }
    try {
      Files.createDirectories(path);
      Path real = path.toRealPath();
      if (real.toString().contains(",")) {
        throw new RefusedException(
            "the broker can't keep its log in a folder with a comma in its path: %s; name another folder with --data"
                .formatted(real));
      }
      if (!Files.exists(real.resolve(MARKER)) && !isNew(real)) {
        throw new RefusedException(
            path + " holds files of something else; name another folder with --data");
      }
      FileChannel lockFile = lock(real);
      try {
        requireSpace(real);
        return new DataDirectory(real, lockFile, read(real));
      } catch (IOException | RuntimeException e) {
        unlock(real, lockFile);
        throw e;
      }
    } catch (IOException e) {
      throw new BrokenException(
          "can't use the data directory %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean isNew(Path path) throws IOException {
    try (var files = Files.list(path)) {
      return files.allMatch(
          file -> file.endsWith("lock") || file.endsWith("logs") || file.endsWith(DRAFT));
    }
  }

  private static Contents read(Path path) throws IOException {
    Path marker = path.resolve(MARKER);
    if (!Files.exists(marker)) {
      return Contents.NONE;
    }
    Contents contents = JSON.readValue(marker.toFile(), Contents.class);
    if (contents == null) {
      throw new IOException(marker + " is empty");
    }
    if (contents.version() != VERSION) {
      throw new RefusedException(
          "%s was written by another version of twinstream (%d, this one reads %d)"
              .formatted(path, contents.version(), VERSION));
    }
    return contents;
  }

  private static void requireSpace(Path path) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free < MIN_FREE_BYTES) {
      throw new BrokenException(
          "the disk of %s has only %d MB left, at least %d are needed; make room, or name a folder on another disk with --data"
              .formatted(path, free >> 20, MIN_FREE_BYTES >> 20));
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    if (!OPEN.add(path)) {
      throw inUse(path);
    }
    FileChannel file = null;
    try {
      file =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (file.tryLock() == null) {
        throw inUse(path);
      }
      return file;
    } catch (IOException | RuntimeException e) {
      unlock(path, file);
      throw e;
    }
  }

  private static void unlock(Path path, FileChannel lockFile) throws IOException {
    try {
      if (lockFile != null) {
        lockFile.close();
      }
    } finally {
      OPEN.remove(path);
    }
  }

  private static BrokenException inUse(Path path) {
    return new BrokenException(
        path + " is in use by another twinstream; wait for it, or name another folder with --data");
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** What images in it are matched by from now on, if that was decided. */
  public Optional<Threshold> threshold() {
    return Optional.ofNullable(contents.adopted()).or(this::firstThreshold);
  }

  /**
   * What images in it were matched by at first. An app is still told that: what was adopted since,
   * its stores or its topics say.
   */
  public Optional<Threshold> firstThreshold() {
    return Optional.ofNullable(contents.threshold());
  }

  /** The sources that were read into it. */
  public List<KnownSource> sources() {
    return contents.sources();
  }

  /** Folders that {@code file:} sources in it may lie in. */
  public List<Path> roots() {
    return contents.roots();
  }

  /** Lets {@code file:} sources lie in a folder, in this run and in later ones. */
  public void addRoot(Path root) {
    if (!roots().contains(root)) {
      save(contents.with(root));
    }
  }

  /** Decides what images in it are matched by at first. */
  public void decide(Threshold threshold) {
    save(contents.decided(threshold));
  }

  /** Says that its app was told to match by another threshold. */
  public void adopt(Threshold threshold) {
    save(contents.adopting(threshold));
  }

  /**
   * The source with these settings: a known one, or a new one with a name of its own.
   *
   * @param wish the name, if it is free
   */
  public KnownSource register(String wish, Map<String, String> config) {
    Optional<KnownSource> known =
        sources().stream().filter(source -> source.config().equals(config)).findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    String name = wish;
    for (int number = 2; isTaken(name); number++) {
      name = wish + "-" + number;
    }
    KnownSource source = new KnownSource(name, config);
    save(contents.with(source));
    return source;
  }

  private boolean isTaken(String name) {
    return sources().stream().anyMatch(source -> source.name().equals(name));
  }

  private void save(Contents changed) {
    try {
      Path draft = path.resolve(DRAFT);
      JSON.writeValue(draft.toFile(), changed);
      Files.move(
          draft,
          path.resolve(MARKER),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
      contents = changed;
    } catch (IOException e) {
      throw new BrokenException("can't write to %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Unlocks it. */
  @Override
  public void close() {
    try {
      if (lockFile.isOpen()) {
        unlock(path, lockFile);
      }
    } catch (IOException e) {
      throw new BrokenException("can't unlock " + path, e);
    }
  }
}
