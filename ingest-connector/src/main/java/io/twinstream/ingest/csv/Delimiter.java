package io.twinstream.ingest.csv;

import io.twinstream.ingest.UnusableSourceException;
import java.nio.charset.StandardCharsets;

/** The character that parts the fields of a row. */
final class Delimiter {
  /** The setting that names it. */
  static final String SETTING = "delimiter";

  /** For the setting: the header shows it. */
  static final String AUTO = "auto";

  /** Earlier ones win where a header has as many of one as of another. */
  private static final String CANDIDATES = ",;\t|";

  private Delimiter() {}

  /**
   * The delimiter of a text.
   *
   * @param configured {@value #AUTO}, {@code tab} or the character itself
   * @param head the text's first bytes
   * @throws UnusableSourceException if the configured one can't be used
   */
  static char of(String configured, byte[] head) {
    return configured.equals(AUTO) ? detect(head) : parse(configured);
  }

  /**
   * The character of a setting other than {@value #AUTO}.
   *
   * @throws UnusableSourceException if it can't be used
   */
  static char parse(String configured) {
    if (configured.equals("tab") || configured.equals("\\t")) {
      return '\t';
    }
    if (configured.length() != 1 || "\"\r\n".contains(configured) || configured.charAt(0) > 127) {
      throw new UnusableSourceException(
          SETTING,
          "\"%s\" can't part fields; use one ASCII character such as , or ; or the word tab or %s"
              .formatted(configured, AUTO));
    }
    return configured.charAt(0);
  }

  /** The candidate that is most frequent in the header, quoted texts left out. */
  private static char detect(byte[] head) {
    int[] counts = new int[CANDIDATES.length()];
    boolean quoted = false;
    for (char c : new String(head, StandardCharsets.ISO_8859_1).stripLeading().toCharArray()) {
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted && CANDIDATES.indexOf(c) >= 0) {
        counts[CANDIDATES.indexOf(c)]++;
      }
    }
    int best = 0;
    for (int i = 1; i < counts.length; i++) {
      if (counts[i] > counts[best]) {
        best = i;
      }
    }
    return CANDIDATES.charAt(best);
  }
}
