package io.twinstream.catalog.report;

import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.report.RollUp.LeftOut;
import io.twinstream.catalog.report.RollUp.Remainder;
import io.twinstream.catalog.report.RollUp.Reuse;
import io.twinstream.catalog.sheet.Cell;
import io.twinstream.catalog.sheet.SheetLimits;
import io.twinstream.catalog.sheet.Spreadsheet;
import io.twinstream.schema.ImageMetadata;
import io.twinstream.schema.Match;
import io.twinstream.schema.Orientation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code duplicates.xlsx}: one row for each image that was judged a duplicate, beside its original,
 * as the verdict says it; and which values of attributes re-used whose pictures.
 */
public final class DuplicatesXlsx {
  private static final List<String> HEADER =
      List.of(
          "Image Path",
          "Image ID",
          "Collection",
          "Original Path",
          "Original ID",
          "Original State",
          "Kind",
          "Distance",
          "Similarity",
          "Event ID",
          "Orientation");

  private static final List<String> ROLL_UP_HEADER =
      List.of(
          "Attribute",
          "Value",
          "Original's Value",
          "Duplicates",
          "Exact",
          "Near",
          "Distinct Originals",
          "Smallest Distance",
          "Example Duplicate",
          "Example Original",
          "Left Out Because");

  private static final Comparator<Duplicate> BY_ORIGINAL =
      Comparator.comparing((Duplicate duplicate) -> duplicate.row().image().collection())
          .thenComparingLong(duplicate -> duplicate.match().position());

  private DuplicatesXlsx() {}

  /**
   * Writes it, in place of an older one.
   *
   * @param rollUp the attributes to roll up; if there are none, all that are not near-unique
   */
  public static void write(Path file, ScanReport report, List<String> rollUp) throws IOException {
    write(file, report, rollUp, SheetLimits.EXCEL);
  }

  static void write(Path file, ScanReport report, List<String> rollUp, SheetLimits limits)
      throws IOException {
    Originals originals = new Originals(report.images());
    int roomForEach = (limits.columns() - HEADER.size()) / 2;
    AttributeColumns own =
        AttributeColumns.of(
            report.duplicates(originals).map(duplicate -> duplicate.row().image().attributes()),
            roomForEach);
    AttributeColumns ofOriginals =
        AttributeColumns.of(
            report
                .duplicates(originals)
                .flatMap(duplicate -> duplicate.original().stream())
                .map(original -> original.image().attributes()),
            roomForEach);
    List<String> header = new ArrayList<>(HEADER);
    Set<String> taken = new HashSet<>(HEADER);
    List<String> headersOfOriginals = ofOriginals.headers("Original ", taken);
    header.addAll(own.headers("", taken));
    header.addAll(headersOfOriginals);
    List<String> names = rollUp.isEmpty() ? own.names() : rollUp;
    ReplacedFile.writeBytes(
        file,
        out -> {
          try (Spreadsheet spreadsheet = new Spreadsheet(out, limits)) {
            spreadsheet.sheet("Duplicates", header);
            Iterator<Duplicate> duplicates = report.duplicates(originals).iterator();
            while (duplicates.hasNext()) {
              spreadsheet.row(cells(duplicates.next(), own, ofOriginals));
            }
            spreadsheet.sheet("Roll-up", ROLL_UP_HEADER);
            List<Duplicate> byOriginal = report.duplicates(originals).sorted(BY_ORIGINAL).toList();
            for (RollUp.Line line : RollUp.of(byOriginal, names, !rollUp.isEmpty())) {
              spreadsheet.row(cells(line));
            }
          }
        });
  }

  private static List<Cell> cells(
      Duplicate duplicate, AttributeColumns own, AttributeColumns ofOriginals) {
    ImageMetadata image = duplicate.row().image();
    Match match = duplicate.match();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(ImagePath.of(image)));
    cells.add(Cell.of(image.id()));
    cells.add(Cell.of(image.collection()));
    cells.add(Cell.of(duplicate.original().map(ImageRow::image).map(ImagePath::of).orElse("")));
    cells.add(Cell.of(match.id()));
    cells.add(Cell.of(duplicate.state().toString()));
    cells.add(Cell.of(match.kind().toString()));
    cells.add(Cell.of(match.distance()));
    cells.add(Cell.of(match.similarity()));
    cells.add(Cell.of(duplicate.row().event().toString()));
    boolean asItStands = match.orientation() == Orientation.UPRIGHT;
    cells.add(asItStands ? Cell.EMPTY : Cell.of(match.orientation().toString()));
    cells.addAll(own.cells(image.attributes()));
    duplicate
        .original()
        .ifPresent(original -> cells.addAll(ofOriginals.cells(original.image().attributes())));
    return cells;
  }

  private static List<Cell> cells(RollUp.Line line) {
    return switch (line) {
      case Reuse reuse ->
          List.of(
              Cell.of(reuse.attribute()),
              Cell.of(reuse.value()),
              Cell.of(reuse.originalValue()),
              Cell.of(reuse.duplicates()),
              Cell.of(reuse.exact()),
              Cell.of(reuse.duplicates() - reuse.exact()),
              Cell.of(reuse.originals()),
              Cell.of(reuse.example().match().distance()),
              Cell.of(ImagePath.of(reuse.example().row().image())),
              Cell.of(
                  reuse
                      .example()
                      .original()
                      .map(ImageRow::image)
                      .map(ImagePath::of)
                      .orElse(reuse.example().match().id())));
      case Remainder remainder ->
          List.of(
              Cell.of(remainder.attribute()),
              Cell.EMPTY,
              Cell.EMPTY,
              Cell.of(remainder.duplicates()),
              Cell.of(remainder.exact()),
              Cell.of(remainder.duplicates() - remainder.exact()),
              // A picture can be in several pairs, so these don't add up.
              Cell.EMPTY,
              Cell.EMPTY,
              Cell.EMPTY,
              Cell.EMPTY,
              Cell.of(
                  String.format(
                      Locale.ROOT,
                      "the sum of %,d smaller pairs of values; --roll-up lists each",
                      remainder.pairs())));
      case LeftOut leftOut -> {
        List<Cell> cells = new ArrayList<>(List.of(Cell.of(leftOut.attribute())));
        while (cells.size() < ROLL_UP_HEADER.size() - 1) {
          cells.add(Cell.EMPTY);
        }
        cells.add(Cell.of(leftOut.why()));
        yield cells;
      }
    };
  }
}
