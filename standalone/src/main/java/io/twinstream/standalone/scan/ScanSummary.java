package io.twinstream.standalone.scan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.twinstream.schema.Threshold;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came out of a scan. {@code images = unique + duplicates + failed}.
 *
 * @param images rows and files that were handed in
 * @param unique nothing alike came before
 * @param duplicates something alike came before
 * @param failed could not be had or read
 * @param groups of images that are alike
 * @param seconds from the command to the finished reports
 * @param skipped files that are no images, and links
 * @param duplicateBytes the size of all duplicates together
 * @param reasons how many failed for which reason
 * @param examples of failures, one line each
 * @param largest groups, one line each
 * @param repeatedIds rows whose id came before in the same collection, and so replaced an image
 * @param thumbnails that were made by this scan
 * @param data where everything is kept that is known of images
 * @param threshold what counted as alike
 * @param reports the files that were written
 * @param unknownAttributes those that were to be rolled up, but that no image has
 * @param warnings one line each
 */
public record ScanSummary(
    long images,
    long unique,
    long duplicates,
    long failed,
    long groups,
    double seconds,
    long skipped,
    long duplicateBytes,
    Map<String, Long> reasons,
    @JsonIgnore List<String> examples,
    @JsonIgnore List<String> largest,
    long repeatedIds,
    long thumbnails,
    @JsonSerialize(using = ToStringSerializer.class) Path data,
    Threshold threshold,
    @JsonSerialize(contentUsing = ToStringSerializer.class) List<Path> reports,
    List<String> unknownAttributes,
    List<String> warnings) {
  public ScanSummary {
    seconds = Math.round(seconds * 1e3) / 1e3;
    reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    examples = List.copyOf(examples);
    largest = List.copyOf(largest);
    reports = List.copyOf(reports);
    unknownAttributes = List.copyOf(unknownAttributes);
    warnings = List.copyOf(warnings);
  }
}
