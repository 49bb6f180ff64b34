package io.twinstream.catalog.report;

import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.group.DuplicateGroup.Member;
import io.twinstream.catalog.report.ScanReport.Membership;
import io.twinstream.schema.ColourSignature;
import io.twinstream.schema.Fingerprint;
import io.twinstream.schema.Measures;
import io.twinstream.schema.Verdict;
import java.util.Optional;
import java.util.OptionalDouble;

/** How alike the colours of a group's members are. */
final class ColourLikeness {
  // A group of thousands would take millions of comparisons, and its first members say enough.
  private static final int COMPARED = 50;

  private ColourLikeness() {}

  /**
   * The mean colour correlation of a member with the others, the first {@value #COMPARED} of them.
   *
   * @return −1 to 1; empty where nothing was measured or there are no others
   */
  static OptionalDouble of(Membership membership) {
    ImageRow row = membership.member().row();
    Optional<ColourSignature> own = colours(row);
    return own.isEmpty()
        ? OptionalDouble.empty()
        : membership.group().members().stream()
            .map(Member::row)
            .filter(other -> !other.equals(row))
            .limit(COMPARED)
            .map(ColourLikeness::colours)
            .flatMap(Optional::stream)
            .mapToDouble(own.get()::correlation)
            .average();
  }

  private static Optional<ColourSignature> colours(ImageRow row) {
    return switch (row.verdict()) {
      case Verdict.Unique unique -> colours(unique.fingerprint());
      case Verdict.DuplicateFound duplicate -> colours(duplicate.fingerprint());
      case Verdict.DownloadFailed _ -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  private static Optional<ColourSignature> colours(Fingerprint fingerprint) {
    return Optional.of(fingerprint.measures())
        .filter(measures -> !measures.isNone())
        .map(Measures::colours);
  }
}
