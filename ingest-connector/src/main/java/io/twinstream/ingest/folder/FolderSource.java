package io.twinstream.ingest.folder;

import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** A folder as a source. */
final class FolderSource implements ImageSource {
  private final Origin origin;
  private final Path root;
  private final Set<Path> excluded;
  private final Disk disk;
  private final FolderPass.Memory memory;
  private final int lookAhead;

  /**
   * @param root a real path
   * @param excluded real paths of folders to leave out
   * @param lookAhead how many entries the memory is asked about at a time
   */
  FolderSource(
      Origin origin,
      Path root,
      Set<Path> excluded,
      Disk disk,
      FolderPass.Memory memory,
      int lookAhead) {
    this.origin = origin;
    this.root = root;
    this.excluded = excluded;
    this.disk = disk;
    this.memory = memory;
    this.lookAhead = lookAhead;
  }

  @Override
  public Pass open() throws IOException {
    return new FolderPass(
        origin.name(),
        new FolderWalk(disk, root, excluded),
        new ImageFiles(disk, root, origin),
        memory,
        lookAhead);
  }
}
