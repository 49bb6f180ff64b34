package io.twinstream.ingest;

/**
 * What a pass has counted so far; what an earlier run published or refused counts again.
 *
 * @param published images
 * @param skipped what is there but no image
 * @param unreadable rows and files that could not become an event
 */
public record Tally(long published, long skipped, long unreadable) {
  /** Nothing yet. */
  public static final Tally NONE = new Tally(0, 0, 0);

  /** One image more. */
  public Tally plusPublished() {
    return new Tally(published + 1, skipped, unreadable);
  }

  /** One skipped more. */
  public Tally plusSkipped() {
    return new Tally(published, skipped + 1, unreadable);
  }

  /** One unreadable more. */
  public Tally plusUnreadable() {
    return new Tally(published, skipped, unreadable + 1);
  }
}
