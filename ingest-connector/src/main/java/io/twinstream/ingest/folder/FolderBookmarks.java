package io.twinstream.ingest.folder;

/**
 * What is remembered of a folder: of each published file how it was, and of each refused one why,
 * so that it is told again only when something is different.
 */
final class FolderBookmarks {
  /** In a partition: the path within the folder. The partition of the folder itself has none. */
  static final String PATH = "path";

  /** In the partition of a share of the folder, where tasks share it: which task's, from 0. */
  static final String TASK = "task";

  /** In the offset of a published file: its length in bytes. */
  static final String SIZE = "size";

  /** In the offset of a published file: when it was last written, in milliseconds since 1970. */
  static final String MODIFIED = "modified";

  /** In the offset of what became a dead letter: why. */
  static final String REFUSED = "refused";

  /** In the offset of the folder itself, or of a share: how many images it had. */
  static final String PUBLISHED = "published";

  private FolderBookmarks() {}
}
