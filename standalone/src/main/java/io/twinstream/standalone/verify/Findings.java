package io.twinstream.standalone.verify;

import io.twinstream.schema.EventId;
import io.twinstream.schema.Verdict;
import io.twinstream.standalone.verify.VerifyReport.Problem;
import io.twinstream.verify.EventLedger;
import io.twinstream.verify.Finding;
import io.twinstream.verify.LogHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts what is found, and keeps some of what is wrong. Confined to one thread. */
final class Findings {
  private final List<Problem> problems = new ArrayList<>();
  private long unique;
  private long duplicates;
  private final Map<String, Long> failures = new HashMap<>();
  private long deadLetters;
  private long equal;
  private long different;
  private long unverifiable;
  private long expired;
  private long missing;
  private long unreadable;

  void verdict(Verdict verdict) {
    switch (verdict) {
      case Verdict.Unique _ -> unique++;
      case Verdict.DuplicateFound _ -> duplicates++;
      case Verdict.DownloadFailed it -> failures.merge(it.reason().toString(), 1L, Long::sum);
    }
  }

  void deadLetter() {
    deadLetters++;
  }

  void add(EventId event, Finding finding) {
    switch (finding) {
      case Finding.Equal _ -> equal++;
      case Finding.Different(String what) -> tell(different++, "different", event.toString(), what);
      case Finding.Unverifiable(String what) ->
          tell(unverifiable++, "unverifiable", event.toString(), what);
    }
  }

  /**
   * Nothing came of an event, and it is not under way.
   *
   * @param image its key; empty if it is not known
   * @param isRemoval of an image that is still there
   * @param mayHaveExpired whether its verdict may have come and be gone
   */
  void lost(EventId event, String image, boolean isRemoval, boolean mayHaveExpired) {
    String of = image.isEmpty() ? "" : "image " + image + ": ";
    if (isRemoval) {
      tell(
          missing++,
          "missing",
          event.toString(),
          of + "it removes an image that is still in the log");
    } else if (mayHaveExpired) {
      tell(
          expired++,
          "unverifiable",
          event.toString(),
          of + "it has no verdict, but those of its time have left the topic");
    } else {
      tell(
          missing++,
          "missing",
          event.toString(),
          of + "it has neither verdict nor dead letter; sent once more, it gets one");
    }
  }

  void unreadable(ConsumerRecord<byte[], byte[]> record, String why) {
    tell(
        unreadable++,
        "different",
        "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset()),
        "can't be read: " + why);
  }

  private void tell(long before, String kind, String event, String what) {
    if (before < VerifyReport.TOLD) {
      problems.add(new Problem(kind, event, what));
    }
  }

  /**
   * All of it.
   *
   * @param open events of which nothing came yet
   */
  VerifyReport report(
      Map<Integer, EventLedger> ledgers, Map<Integer, LogHistory> histories, List<EventId> open) {
    long doubled = 0;
    long events = 0;
    for (EventLedger ledger : ledgers.values()) {
      events += ledger.events();
      for (Map.Entry<EventId, Integer> one : ledger.doubled().entrySet()) {
        tell(
            doubled++,
            "doubled",
            one.getKey().toString(),
            "it has %d outcomes".formatted(one.getValue()));
      }
    }
    long defects = 0;
    for (Map.Entry<Integer, LogHistory> history : histories.entrySet()) {
      for (String defect : history.getValue().defects()) {
        tell(defects++, "different", "the log's partition " + history.getKey(), defect);
      }
    }
    return new VerifyReport(
        events,
        unique,
        duplicates,
        failures.values().stream().mapToLong(Long::longValue).sum(),
        failures,
        deadLetters,
        equal + different + unverifiable,
        equal,
        open.size() - missing - expired,
        missing,
        doubled,
        different + unreadable + defects,
        unverifiable + expired,
        histories.values().stream().mapToLong(history -> history.present().size()).sum(),
        problems);
  }
}
