package io.twinstream.politeness;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A number of permits for askers who never wait: one who was refused asks again, and is served
 * before those who were refused after it. Without that the first of several tasks on a thread would
 * take all that becomes free. For one thread at a time.
 */
final class FairPermits {
  /** Who has not asked again for so long has lost interest, ms. */
  private static final long PATIENCE = 1000;

  private final int limit;
  private int held;
  // In the order of the first refusal; when each asked last.
  private final Map<Object, Long> refused = new LinkedHashMap<>();

  FairPermits(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a permit if there is one that nobody before this asker waits for.
   *
   * @param now ms
   */
  boolean tryAcquire(Object asker, long now) {
    if (held < limit && held + ahead(asker, now) < limit) {
      refused.remove(asker);
      held++;
      return true;
    }
    refused.put(asker, now);
    return false;
  }

  private int ahead(Object asker, long now) {
    int ahead = 0;
    Iterator<Map.Entry<Object, Long>> all = refused.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Object, Long> one = all.next();
      if (one.getKey().equals(asker)) {
        return ahead;
      } else if (Math.abs(now - one.getValue()) > PATIENCE) {
        all.remove();
      } else {
        ahead++;
      }
    }
    return ahead;
  }

  void release() {
    held--;
  }

  int held() {
    return held;
  }

  boolean hasRoom() {
    return held < limit;
  }
}
