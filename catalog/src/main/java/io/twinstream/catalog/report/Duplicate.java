package io.twinstream.catalog.report;

import io.twinstream.catalog.ImageRow;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import java.util.Optional;

/**
 * An image that was judged a duplicate, and its original as the verdict has it.
 *
 * @param row the image
 * @param verdict what was said of it
 * @param original the original, if it is there with the picture that was compared
 * @param state how the original stands
 */
record Duplicate(
    ImageRow row,
    Verdict.DuplicateFound verdict,
    Optional<ImageRow> original,
    Originals.State state) {
  static Duplicate of(ImageRow row, Verdict.DuplicateFound verdict, Originals originals) {
    String collection = row.image().collection();
    return new Duplicate(
        row,
        verdict,
        originals.present(collection, verdict.original()),
        originals.state(collection, verdict.original()));
  }

  /** How it is like its original. */
  Match match() {
    return verdict.original();
  }
}
