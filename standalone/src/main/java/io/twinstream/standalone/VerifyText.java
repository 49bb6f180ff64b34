package io.twinstream.standalone;

import io.twinstream.standalone.verify.VerifyReport;
import java.io.PrintWriter;
import java.util.Locale;

/** What a check of all verdicts found, for a person. */
final class VerifyText {
  private static final int LONGEST = 1_000;

  private VerifyText() {}

  static void print(PrintWriter out, VerifyReport report) {
    out.printf(
        Locale.ROOT,
        "%,d events: %,d unique, %,d duplicates, %,d failed, %,d dead letters, %,d under way%n",
        report.events(),
        report.unique(),
        report.duplicates(),
        report.failed(),
        report.deadLetters(),
        report.underWay());
    out.printf(
        Locale.ROOT,
        "%,d verdicts compared with what they have to be: %,d equal, %,d different, %,d"
            + " unverifiable; %,d missing, %,d doubled%n",
        report.compared(),
        report.equal(),
        report.different(),
        report.unverifiable(),
        report.missing(),
        report.doubled());
    report
        .problems()
        .forEach(one ->
            out.printf(
                "  %-12s %s: %s%n", one.kind(), one.event(), Printable.line(one.what(), LONGEST)));
  }
}
