package io.twinstream.ingest.folder;

import io.twinstream.ingest.Bookmark;
import io.twinstream.ingest.Excerpt;
import io.twinstream.ingest.Finding;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Problem;
import io.twinstream.ingest.Share;
import io.twinstream.ingest.Tally;
import io.twinstream.schema.Attributes;
import io.twinstream.schema.ImageFormat;
import io.twinstream.schema.ImageMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which files are images, and what their events are. A file that is named like an image is one
 * in any case, so that a broken picture gets its verdict; of other files the content decides.
 */
final class ImageFiles {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "dib", "tif", "tiff", "webp", "ico",
          "psd", "jp2", "j2k", "avif", "heic", "heif");

  private final Disk disk;
  private final Path root;
  private final URI rootUri;
  private final Origin origin;
  private final Attributes attributes;

  ImageFiles(Disk disk, Path root, Origin origin) {
    this.disk = disk;
    this.root = root;
    this.rootUri = root.toUri();
    this.origin = origin;
    this.attributes = Attributes.ofTexts(origin.attributes());
  }

  /** The event of a file, or why there is none; empty if it is no image. */
  Optional<Finding> judge(FolderWalk.Entry.File file) {
    try {
      return isImage(file.path()) ? Optional.of(image(file)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unreadable(file.path(), e));
    }
  }

  /** The dead letter of what can't be read. */
  Finding.Refused unreadable(Path path, IOException reason) {
    return refused(name(path), Problem.of("it can't be read: " + inWords(reason), reason));
  }

  /** The name of a path below the folder. */
  RelativeName name(Path path) {
    return RelativeName.of(root, rootUri, path);
  }

  /** Of a whole pass over a share of the folder. */
  Bookmark bookmark(Share share, Tally tally) {
    Map<String, String> folder = Map.of(Bookmark.SOURCE, origin.name());
    Map<String, String> part =
        Map.of(
            Bookmark.SOURCE, origin.name(), FolderBookmarks.TASK, Integer.toString(share.task()));
    return new Bookmark(
        share.isWhole() ? folder : part, Map.of(FolderBookmarks.PUBLISHED, tally.published()));
  }

  private boolean isImage(Path file) throws IOException {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    if (dot >= 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
      return true;
    }
    return ImageFormat.detect(disk.head(file)).isPresent();
  }

  private Finding image(FolderWalk.Entry.File file) {
    // Each look at a URI asks the file system whether the path is a folder.
    URI uri = file.path().toUri();
    RelativeName name = RelativeName.of(rootUri, uri);
    Optional<String> place = name.text();
    if (place.isEmpty()) {
      return refused(name, Problem.of("the name is not UTF-8, so it can't be an id; rename it"));
    }
    try {
      return new Finding.Image(
          new ImageMetadata(
              origin.collection(), origin.name() + "/" + place.get(), uri.toString(), attributes),
          place.get(),
          new Bookmark(partition(place.get()), state(file.attributes())));
    } catch (IllegalArgumentException e) {
      return refused(name, Problem.of(e));
    }
  }

  private Finding.Refused refused(RelativeName name, Problem problem) {
    return new Finding.Refused(
        Excerpt.of(name.bytes()),
        name.legible(),
        0,
        problem,
        new Bookmark(
            partition(name.text().orElseGet(() -> base64(name))),
            Map.of(FolderBookmarks.REFUSED, problem.message())));
  }

  private Map<String, String> partition(String path) {
    return Map.of(Bookmark.SOURCE, origin.name(), FolderBookmarks.PATH, path);
  }

  private static Map<String, Object> state(BasicFileAttributes attributes) {
    return Map.of(
        FolderBookmarks.SIZE, attributes.size(),
        FolderBookmarks.MODIFIED, attributes.lastModifiedTime().toMillis());
  }

  /** Two names that aren't UTF-8 may be the same text to a reader, but they are two places. */
  private static String base64(RelativeName name) {
    return "base64:" + Base64.getEncoder().encodeToString(name.bytes());
  }

  private static String inWords(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "access is denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.toString();
    };
  }
}
