package io.twinstream.schema;

/**
 * How far a connector is with its source: the latest record of a source's name says it. Written in
 * the order of the images, so that whoever reads {@code complete} can read all of them.
 *
 * @param source the source's name
 * @param published image events of this pass, and of those before it, that the source still stands
 *     for
 * @param skipped files that are no images by name and by content, links and special files
 * @param unreadable rows and files that could not become an event; they are dead letters
 * @param complete whether the source was read to its end
 */
public record SourceProgress(
    String source, long published, long skipped, long unreadable, boolean complete)
    implements Event {}
