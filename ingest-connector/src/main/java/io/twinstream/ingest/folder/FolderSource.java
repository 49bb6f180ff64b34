package io.twinstream.ingest.folder;

import io.twinstream.ingest.ImageSource;
import io.twinstream.ingest.Origin;
import io.twinstream.ingest.Pass;
import io.twinstream.ingest.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;

/** A folder as a source. */
final class FolderSource implements ImageSource {
  private final Origin origin;
  private final Share share;
  private final Supplier<Path> root;
  private final Supplier<Set<Path>> excluded;
  private final Disk disk;
  private final FolderPass.Memory memory;
  private final int lookAhead;

  /**
   * @param share the files that are told of
   * @param root finds the folder's real path at the start of a pass
   * @param excluded finds the real paths of folders to leave out
   * @param lookAhead how many entries the memory is asked about at a time
   */
  FolderSource(
      Origin origin,
      Share share,
      Supplier<Path> root,
      Supplier<Set<Path>> excluded,
      Disk disk,
      FolderPass.Memory memory,
      int lookAhead) {
    this.origin = origin;
    this.share = share;
    this.root = root;
    this.excluded = excluded;
    this.disk = disk;
    this.memory = memory;
    this.lookAhead = lookAhead;
  }

  @Override
  public Pass open() throws IOException {
    Path folder = root.get();
    return new FolderPass(
        share,
        new FolderWalk(disk, folder, excluded.get()),
        new ImageFiles(disk, folder, origin),
        memory,
        lookAhead);
  }
}
