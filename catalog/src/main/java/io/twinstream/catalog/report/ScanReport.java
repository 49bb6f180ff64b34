package io.twinstream.catalog.report;

import io.twinstream.catalog.Catalog;
import io.twinstream.catalog.ImageRow;
import io.twinstream.catalog.RejectedRow;
import io.twinstream.catalog.group.DuplicateGroup;
import io.twinstream.catalog.group.Grouping;
import io.twinstream.schema.EventId;
import io.twinstream.schema.Verdict;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a report is about. All of it is in memory, as it is in the catalog.
 *
 * @param rows one for each row or file that was handed in, in order
 * @param rejected rows and files that could not become an event
 * @param groups those with a member among the rows; other members may come from earlier scans
 * @param images what each image stands with, those of earlier scans included
 */
public record ScanReport(
    List<ImageRow> rows,
    List<RejectedRow> rejected,
    List<DuplicateGroup> groups,
    List<ImageRow> images) {
  public ScanReport {
    rows = List.copyOf(rows);
    rejected = List.copyOf(rejected);
    groups = List.copyOf(groups);
    images = List.copyOf(images);
  }

  /** The report on the given sources. */
  public static ScanReport of(Catalog catalog, Set<String> sources) {
    List<ImageRow> images = catalog.images();
    List<DuplicateGroup> groups =
        Grouping.of(images).stream()
            .filter(group -> group.members().stream().anyMatch(member -> isOf(sources, member)))
            .toList();
    Collection<RejectedRow> rejected = catalog.rejectedOf(sources);
    return new ScanReport(catalog.rowsOf(sources), List.copyOf(rejected), groups, images);
  }

  private static boolean isOf(Set<String> sources, DuplicateGroup.Member member) {
    return sources.contains(member.row().origin().source());
  }

  /** Which of the names are no attribute of any row. */
  public List<String> unknownAttributes(List<String> names) {
    Set<String> unknown = new LinkedHashSet<>(names);
    for (ImageRow row : rows) {
      unknown.removeAll(row.image().attributes().names());
    }
    return List.copyOf(unknown);
  }

  /** The rows that were judged duplicates, in order, each made when it is asked for. */
  Stream<Duplicate> duplicates(Originals originals) {
    return rows.stream()
        .filter(row -> row.verdict() instanceof Verdict.DuplicateFound)
        .map(row -> Duplicate.of(row, (Verdict.DuplicateFound) row.verdict(), originals));
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

  /**
   * The paths of all images that aren't known to be duplicates: originals, unique ones, those that
   * failed, and those in groups that this report is not about.
   */
  Set<String> pathsToKeep() {
    Map<EventId, Membership> memberships = memberships();
    Originals originals = new Originals(images);
    Stream<ImageRow> standing =
        images.stream().filter(image -> !isDuplicate(memberships.get(image.event())));
    // A row whose id came again with another picture is no image any more.
    Stream<ImageRow> handedIn =
        rows.stream()
            .filter(row -> !isDuplicate(memberships.get(row.event())))
            .filter(row ->
                !(row.verdict() instanceof Verdict.DuplicateFound verdict)
                    || originals.firstPresent(verdict).isEmpty());
    return Stream.concat(standing, handedIn)
        .map(row -> ImagePath.of(row.image()))
        .collect(Collectors.toSet());
  }

  private static boolean isDuplicate(Membership membership) {
    return membership != null && membership.member().kind() != null;
  }

  /** A member and its group. */
  record Membership(DuplicateGroup group, DuplicateGroup.Member member) {}
}
