package io.twinstream.catalog.report;

import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.group.Grouping;
import io.twinstream.schema.EventId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a report is about.
 *
 * @param rows one for each row or file that was handed in, in order
 * @param rejected rows and files that could not become an event
 * @param groups those with a member among the rows; other members may come from earlier scans
 */
public record ScanReport(
    List<ImageRow> rows, List<RejectedRow> rejected, List<DuplicateGroup> groups) {
  public ScanReport {
    rows = List.copyOf(rows);
    rejected = List.copyOf(rejected);
    groups = List.copyOf(groups);
  }

  /** The report on the given sources. */
  public static ScanReport of(Catalog catalog, Set<String> sources) {
    List<DuplicateGroup> groups =
        Grouping.of(catalog.images()).stream()
            .filter(group -> group.members().stream().anyMatch(member -> isOf(sources, member)))
            .toList();
    Collection<RejectedRow> rejected = catalog.rejectedOf(sources);
    return new ScanReport(catalog.rowsOf(sources), List.copyOf(rejected), groups);
  }

  private static boolean isOf(Set<String> sources, DuplicateGroup.Member member) {
    return sources.contains(member.row().origin().source());
  }

  /** How each event stands in which group. */
  Map<EventId, Membership> memberships() {
    Map<EventId, Membership> memberships = new HashMap<>();
    for (DuplicateGroup group : groups) {
      for (DuplicateGroup.Member member : group.members()) {
        memberships.put(member.row().event(), new Membership(group, member));
      }
    }
    return memberships;
  }

  /** A member and its group. */
  record Membership(DuplicateGroup group, DuplicateGroup.Member member) {}
}
