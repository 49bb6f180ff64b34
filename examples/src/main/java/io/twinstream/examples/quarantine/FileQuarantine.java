package io.twinstream.examples.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A quarantine of one JSON file an image, which holds the image's last ruling. Released images keep
 * theirs, so that an older verdict that comes late finds it. Each file is written beside its place
 * and moved there, so that it is always whole. A lock lets several consumers share the folder, on
 * one machine. Thread-safe.
 *
 * <p>Files do for some hundred thousand images; beyond that, take a database.
 */
public final class FileQuarantine implements Quarantine {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** How much of a key is left readable in the name of its file, in characters. */
  private static final int READABLE = 60;

  private static final boolean IS_WINDOWS = File.separatorChar == '\\';

  private final Path folder;

  /**
   * A quarantine in a folder, which is made if need be.
   *
   * @throws IOException if the folder can't be made; the message names it
   */
  public FileQuarantine(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder).toRealPath();
  }

  @Override
  public Change obey(Ruling ruling) throws RefusedRecordException, IOException {
    // Java's lock of a file holds between processes and throws within one.
    synchronized (FileQuarantine.class) {
      try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
          FileLock _ = channel.lock()) {
        Ruling before = find(ruling.image()).orElse(null);
        boolean isNews = before == null || isNewer(ruling, before);
        if (isNews) {
          write(ruling);
        }
        // Also where nothing is new: whoever wrote it may have been killed before this.
        forceNames();
        return isNews ? change(before, ruling) : Change.NONE;
      }
    }
  }

  private static boolean isNewer(Ruling ruling, Ruling before) throws RefusedRecordException {
    if (!ruling.event().partition().equals(before.event().partition())) {
      throw new RefusedRecordException(
          "events %s and %s of %s are on two partitions, so that nobody can say which is newer;"
                  .formatted(before.event(), ruling.event(), ruling.image())
              + " are there two senders that place keys differently?");
    }
    return ruling.event().offset() > before.event().offset();
  }

  private static Change change(Ruling before, Ruling now) {
    boolean held = before instanceof Ruling.Hold;
    return switch (now) {
      case Ruling.Hold _ when !held -> Change.QUARANTINED;
      case Ruling.Release _ when held -> Change.RELEASED;
      default -> Change.NONE;
    };
  }

  @Override
  public Optional<Ruling> find(String image) throws IOException {
    Path file = fileOf(image);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), Ruling.class));
    } catch (IOException e) {
      throw new IOException("can't read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void write(Ruling ruling) throws IOException {
    Path file = fileOf(ruling.image());
    Path beside = folder.resolve(".new");
    try (FileChannel channel = FileChannel.open(beside, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(ruling));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(beside, file, ATOMIC_MOVE);
  }

  /** The offset is committed next: by then the name of the file must not be lost any more. */
  private void forceNames() throws IOException {
    if (IS_WINDOWS) {
      // There a folder can't be opened; the file system keeps a journal of names.
      return;
    }
    try (FileChannel names = FileChannel.open(folder, READ)) {
      names.force(true);
    }
  }

  /** Keys can be longer than names of files may be, and have characters that those may not have. */
  private Path fileOf(String image) {
    String readable = image.replaceAll("[^A-Za-z0-9-]+", "_");
    return folder.resolve(
        "%s-%s.json"
            .formatted(
                readable.substring(0, Math.min(READABLE, readable.length())), sha256(image)));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
