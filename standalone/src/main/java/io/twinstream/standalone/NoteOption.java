package io.twinstream.standalone;

import io.twinstream.schema.FetchInstruction;
import io.twinstream.standalone.engine.RefusedException;
import picocli.CommandLine.Option;

/** A note beside what an operator says. */
final class NoteOption {
  @Option(names = "--note", paramLabel = "TEXT", description = "Who, why: for other people.")
  private String note = "";

  String text() {
    if (note.length() > FetchInstruction.MAX_NOTE_LENGTH) {
      throw new RefusedException(
          "--note has %,d characters, at most %,d are taken"
              .formatted(note.length(), FetchInstruction.MAX_NOTE_LENGTH));
    }
    return note;
  }
}
