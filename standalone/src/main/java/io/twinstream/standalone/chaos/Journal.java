package io.twinstream.standalone.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What happened when. Thread-safe. */
final class Journal {
  private final Consumer<String> listener;
  private final long start = System.nanoTime();
  private final List<JournalEntry> entries = new ArrayList<>();

  /**
   * @param listener is told each line, one at a time
   */
  Journal(Consumer<String> listener) {
    this.listener = listener;
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  void did(Fault fault, String what) {
    enter(fault.toString(), what);
  }

  void saw(String what) {
    enter("", what);
  }

  private synchronized void enter(String fault, String what) {
    JournalEntry entry = new JournalEntry(elapsed().toMillis() / 1000.0, fault, what);
    entries.add(entry);
    listener.accept(entry.line());
  }

  synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }
}
