package io.twinstream.fetch;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fetches a file while no more of them can be opened, then while one can be, and so on. */
final class FewFiles {
  private FewFiles() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path file = Path.of(args[1]);
    FileFetcher fetcher = new FileFetcher(List.of(Path.of(args[0])), 1000);
    // A class can't be loaded without a file, either.
    outcome(fetcher, file.resolveSibling("missing"));
    String first = outcome(fetcher, file);
    List<Channel> open = new ArrayList<>();
    try {
      while (true) {
        open.add(Files.newByteChannel(file));
      }
    } catch (FileSystemException e) {
      for (int free = 0; free < 5; free++) {
        System.out.println(outcome(fetcher, file));
        open.removeLast().close();
      }
    }
    System.out.println(first);
  }

  private static String outcome(FileFetcher fetcher, Path file) throws InterruptedException {
    return switch (Fetches.fetch(fetcher, file.toUri().toString())) {
      case FetchOutcome.Fetched _ -> "fetched";
      case FetchOutcome.Failed failed -> failed.detail();
      case FetchOutcome.Moved _, FetchOutcome.NotTried _ -> "?";
    };
  }
}
