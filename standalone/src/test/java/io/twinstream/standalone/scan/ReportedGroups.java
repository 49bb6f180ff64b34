package io.twinstream.standalone.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The ids of each group in a report. */
final class ReportedGroups {
  private ReportedGroups() {}

  static List<Set<String>> in(Path out) throws IOException {
    List<Set<String>> groups = new ArrayList<>();
    for (JsonNode group :
        new JsonMapper().readTree(out.resolve("duplicates.json").toFile()).get("groups")) {
      Set<String> members = new TreeSet<>();
      group.get("members").forEach(member -> members.add(member.get("id").asText()));
      groups.add(members);
    }
    return groups;
  }
}
