package io.twinstream.topology;

import static java.util.stream.Collectors.joining;

import io.twinstream.schema.ImageKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What the app promises of images that come one after the other (section 5 of the design), said as
 * plainly as can be: a list of who is there, in order of position. Its words are those of {@link
 * Told}.
 */
final class PlainJudge {
  private record Placed(ImageKey key, long position, String file) {}

  private final List<Placed> there = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private long next;

  /** An image with that file. */
  String image(long event, ImageKey key, String file) {
    if (there.stream().noneMatch(one -> one.key.equals(key) && one.file.equals(file))) {
      there.removeIf(one -> one.key.equals(key));
      there.add(new Placed(key, next, file));
      log.add("%s at %d by %d".formatted(key, next, event));
      next++;
    }
    Placed self = there.stream().filter(one -> one.key.equals(key)).findFirst().orElseThrow();
    String matches =
        there.stream()
            .filter(other -> other.key.collection().equals(key.collection()))
            .filter(other -> other.position < self.position)
            .filter(other -> isAlike(file, other.file))
            .map(other ->
                "%s@%d %s %d"
                    .formatted(
                        other.key.id(),
                        other.position,
                        other.file.equals(file) ? "exact" : "near",
                        distance(file, other.file)))
            .collect(joining(", "));
    return "at %d like [%s]".formatted(self.position, matches);
  }

  String removal(ImageKey key) {
    if (there.removeIf(one -> one.key.equals(key))) {
      log.add("%s removed".formatted(key));
    }
    return "removed";
  }

  /** What the fingerprint log has to be. */
  List<String> log() {
    return log;
  }

  private static boolean isAlike(String file, String other) {
    boolean meansNothing =
        file.contains(ScriptedLoads.FEATURELESS) || other.contains(ScriptedLoads.FEATURELESS);
    return file.equals(other)
        || (!meansNothing && distance(file, other) <= ScriptedLoads.THRESHOLD.radius());
  }

  private static int distance(String file, String other) {
    return Long.bitCount(code(file) ^ code(other));
  }

  private static long code(String file) {
    return Long.parseUnsignedLong(file.substring(0, 16), 16);
  }
}
