package io.twinstream.worker;

import io.twinstream.fingerprint.FingerprintOutcome;
import io.twinstream.fingerprint.Fingerprinter;
import java.lang.foreign.Arena;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * What a worker does with a certain file instead of decoding it, so that people and tests can see
 * what comes of it.
 *
 * @param kind what it does
 * @param file which file: the first digits of its SHA-256, or {@code size=BYTES}
 */
record Drill(Kind kind, String file) {
  /** Of the environment; {@code KIND:FILE}, several by comma. */
  static final String VARIABLE = "TWINSTREAM_DECODER_DRILL";

  private static final String SIZE = "size=";
  private static final int STEP_BYTES = 16 << 20;

  /** What can go wrong. */
  enum Kind {
    /** Ends at once, as by a crash in native code. */
    HALT,
    /** Goes on for ever. */
    HANG,
    /** Takes Java's heap until there is no more. */
    EAT,
    /** Takes native memory without end. */
    EAT_NATIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads the form of the variable.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  static List<Drill> parse(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).map(Drill::parseOne).toList();
  }

  private static Drill parseOne(String text) {
    int colon = text.indexOf(':');
    for (Kind kind : Kind.values()) {
      String file = text.substring(colon + 1);
      if (text.startsWith(kind + ":") && file.matches("[0-9a-f]{4,64}|" + SIZE + "[0-9]{1,18}")) {
        return new Drill(kind, file);
      }
    }
    throw new IllegalArgumentException(
        "%s has \"%s\" in it; a drill is written as %s, a colon and 4 or more digits of a SHA-256, or %sBYTES"
            .formatted(
                VARIABLE,
                text,
                Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", ")),
                SIZE));
  }

  /** A fingerprinter that does the drills and leaves all other files to {@code real}. */
  static Fingerprinter around(List<Drill> drills, Fingerprinter real) {
    return file -> {
      for (Drill drill : drills) {
        if (drill.isFor(file)) {
          return drill.run();
        }
      }
      return real.fingerprint(file);
    };
  }

  private boolean isFor(byte[] bytes) {
    return file.startsWith(SIZE)
        ? bytes.length == Long.parseLong(file.substring(SIZE.length()))
        : sha256(bytes).startsWith(file);
  }

  /** As drills name files. */
  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private FingerprintOutcome run() {
    Object[] eaten = {};
    while (true) {
      switch (kind) {
        case HALT -> Runtime.getRuntime().halt(1);
        case HANG -> LockSupport.park();
        // Each holds the one before it.
        case EAT -> eaten = new Object[] {eaten, new byte[STEP_BYTES]};
        // Memory that nobody has written to takes no room.
        case EAT_NATIVE -> Arena.global().allocate(STEP_BYTES).fill((byte) 1);
      }
    }
  }

  @Override
  public String toString() {
    return kind + ":" + file;
  }
}
