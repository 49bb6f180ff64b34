package io.twinstream.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.SortedMap;

/**
 * Which pictures are duplicates of each other: {@code truth.json}. Paths are relative to its folder
 * and have slashes on every system.
 *
 * @param seed what the sample was painted from
 * @param groups of two or more duplicates
 * @param hardNegatives pairs that look alike to a person and are no duplicates
 * @param images all pictures in the folder
 */
@JsonPropertyOrder({"version", "seed", "groups", "hard_negatives", "images"})
record Truth(
    long seed,
    List<Group> groups,
    @JsonProperty("hard_negatives") List<List<String>> hardNegatives,
    int images) {
  /** Of this form; another number will mean another form. */
  @JsonProperty
  int version() {
    return 1;
  }

  /**
   * Duplicates.
   *
   * @param members the original first
   * @param edits what was done to each of the others, by path
   */
  @JsonPropertyOrder({"members", "edits"})
  record Group(List<String> members, SortedMap<String, String> edits) {}
}
