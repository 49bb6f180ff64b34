package io.twinstream.examples.quarantine;

import java.io.IOException;
import java.util.Optional;

/**
 * Which images may not be shown, sold or counted until somebody has looked. A table does it as well
 * as files, with one row an image and an update on the condition that the event is newer:
 *
 * <pre>{@code
 * INSERT INTO quarantine (image, event_partition, event_offset, status, …) VALUES (…)
 * ON CONFLICT (image) DO UPDATE SET …
 * WHERE quarantine.event_offset < excluded.event_offset
 * }</pre>
 */
public interface Quarantine {
  /** What a ruling changed. */
  enum Change {
    /** The image was free before. */
    QUARANTINED,
    /** The image was in quarantine before. */
    RELEASED,
    /** The ruling is not newer than the one before, or says the same of a newer event. */
    NONE
  }

  /**
   * Obeys a ruling, unless one of the same or a newer event of that image was obeyed before. So a
   * ruling can be given again, and two can come in the wrong order. When this returns it is on the
   * disk.
   *
   * @throws RefusedRecordException if the event can't be compared with the one before
   * @throws IOException if it can't be written down; the same ruling can be given again
   */
  Change obey(Ruling ruling) throws RefusedRecordException, IOException;

  /** The ruling that holds for an image, if there ever was one. */
  Optional<Ruling> find(String image) throws IOException;
}
