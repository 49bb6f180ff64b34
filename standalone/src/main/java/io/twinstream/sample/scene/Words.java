package io.twinstream.sample.scene;

import java.util.List;

/** Something to print. */
final class Words {
  private static final List<String> ALL =
      List.of(
          "a", "the", "of", "and", "north", "river", "lantern", "paper", "harbour", "quiet",
          "window", "garden", "twin", "stream", "echo", "mirror", "second", "light", "under",
          "stone", "early", "market", "bridge", "open", "letter", "winter", "copper", "field",
          "story", "nine", "seven", "old", "mill", "street", "over", "east", "morning", "number",
          "blue", "with", "every", "little", "house", "record", "music", "travel", "salt", "fair");

  private Words() {}

  static String one(Canvas c) {
    return ALL.get(c.whole(0, ALL.size() - 1));
  }

  /** Words up to that many letters; at least one word. */
  static String line(Canvas c, int letters) {
    StringBuilder line = new StringBuilder(one(c));
    for (String next = one(c); line.length() + 1 + next.length() <= letters; next = one(c)) {
      line.append(' ').append(next);
    }
    return line.toString();
  }
}
