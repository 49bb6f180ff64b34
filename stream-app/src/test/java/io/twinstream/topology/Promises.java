package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.DeadLetter;
import io.twinstream.schema.EventId;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Match;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import io.twinstream.topology.Step.Load;
import io.twinstream.topology.StoryRun.Input;
import io.twinstream.verify.EventLedger;
import io.twinstream.verify.Finding;
import io.twinstream.verify.LogHistory;
import io.twinstream.verify.VerdictCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.test.TestRecord;

/** What has to be true of a story that was played to its end. */
final class Promises {
  private static final EventCodec<FingerprintRecord> LOG = EventCodec.json(FingerprintRecord.class);

  private Promises() {}

  /** An answer and what it is to. */
  record Answered(long offset, Input input, Told told) {}

  /** Which record each answer is to: those of an image are answered in their order. */
  static List<Answered> answers(StoryRun run) {
    Map<ImageKey, List<Long>> waiting = new HashMap<>();
    run.inputs()
        .forEach((offset, input) -> {
          if (key(input) != null) {
            waiting.computeIfAbsent(key(input), _ -> new ArrayList<>()).add(offset);
          }
        });
    List<Answered> answers = new ArrayList<>();
    for (Told told : run.told()) {
      List<Long> offsets = waiting.getOrDefault(told.key(), List.of());
      assertThat(offsets).as("records of %s without an answer", told.key()).isNotEmpty();
      long offset = offsets.removeFirst();
      Input input = run.inputs().get(offset);
      if (told.verdict() == null) {
        assertThat(input).isInstanceOf(Input.Removed.class);
      } else {
        assertThat(told.verdict().event()).isEqualTo(at(offset));
        assertThat(told.verdict().image().key()).isEqualTo(told.key());
      }
      answers.add(new Answered(offset, input, told));
    }
    return answers;
  }

  private static ImageKey key(Input input) {
    return switch (input) {
      case Input.Event(Step.Image image, _) -> image.key();
      case Input.Removed(ImageKey key) -> key;
      case Input.Unreadable _ -> null;
    };
  }

  private static EventId at(long offset) {
    return new EventId("image-metadata", 0, offset);
  }

  /** No image has more than one event without an answer. */
  static void assertOneAtATime(StoryRun run) {
    Map<ImageKey, Integer> unanswered = new HashMap<>();
    run.inputs().values().stream()
        .map(Promises::key)
        .filter(key -> key != null)
        .forEach(key -> unanswered.merge(key, 1, Integer::sum));
    run.told().forEach(told -> unanswered.merge(told.key(), -1, Integer::sum));
    assertThat(unanswered.values()).allMatch(count -> count == 0 || count == 1);
    if (!run.told().isEmpty() && run.told().getLast().isSuperseded()) {
      Told last = run.told().getLast();
      assertThat(run.inputs().tailMap(last.verdict().event().offset(), false).values())
          .as("what came after %s", last)
          .anyMatch(input -> last.key().equals(key(input)));
    }
  }

  /** What has to be true in every order. */
  static void assertKept(StoryRun run, List<Answered> answers) {
    List<TestRecord<byte[], byte[]>> log = run.app().records("image-fingerprints");
    assertJudgedPlainly(answers, log);
    assertAnsweredOnce(run);
    assertEqualWhenJudgedAnew(run, answers, log);
    assertNoCycles(answers);
    assertTopicsAgree(run);
    assertChangelogsHaveWhatStoresHave(run);
  }

  /** In the order in which they were judged, all verdicts are what plain words say. */
  private static void assertJudgedPlainly(
      List<Answered> answers, List<TestRecord<byte[], byte[]>> log) {
    PlainJudge judge = new PlainJudge();
    for (Answered answer : answers) {
      Told told = answer.told;
      switch (answer.input) {
        case Input.Removed(ImageKey key) -> assertThat(told.words()).isEqualTo(judge.removal(key));
        case Input.Event(Step.Image image, _) when told.failed() ->
            assertThat(told.words()).as("%s", image).matches(failures(image));
        case Input.Event(Step.Image image, _) -> {
          assertThat(failure(image.loads())).as("%s", image).isEmpty();
          String file = ((Load.Brings) image.loads().getLast()).file();
          assertThat(told.words())
              .as("%d of %s, %s", answer.offset, image.key(), file)
              .isEqualTo(judge.image(answer.offset, image.key(), file));
        }
        case Input.Unreadable _ -> throw new AssertionError("nobody can answer it");
      }
    }
    assertThat(log.stream().map(Told::logged)).isEqualTo(judge.log());
  }

  /** How an image has to fail, if it is left alone. */
  static Optional<String> failure(List<Load> loads) {
    int tries = 0;
    for (Load load : loads) {
      switch (load) {
        case Load.NotTried _, Load.Moves _ -> {}
        case Load.FailsForNow _ -> {
          tries++;
          if (tries == 3) {
            return Optional.of("timeout after 3");
          }
        }
        case Load.Fails(var reason) -> {
          return Optional.of("%s after %d".formatted(reason, tries + 1));
        }
        case Load.Breaks _ -> {
          return Optional.of("internal-error after %d".formatted(tries + 1));
        }
        case Load.Brings _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of("timeout after 3");
  }

  /** How it may fail where a newer one can come and hosts are left alone. */
  private static String failures(Step.Image image) {
    String failures = "superseded after [0-2]";
    failures += failure(image.loads()).map(own -> "|" + own).orElse("");
    if (!image.host().isEmpty()) {
      // Tries that a circuit breaker took count, too.
      failures += "|(host-unavailable|timeout) after 3|(not-found|internal-error) after [1-3]";
    }
    return failures;
  }

  private static void assertAnsweredOnce(StoryRun run) {
    EventLedger ledger = ledger(run);
    run.told().stream()
        .filter(told -> told.verdict() != null)
        .forEach(told -> {
          EventId event = told.verdict().event();
          byte[] key = ImageKeySerde.write(told.verdict().image().key());
          assertThat(ledger.complaint(event, key, told.isSuperseded())).isEmpty();
          ledger.verdict(event);
        });
    for (TestRecord<byte[], byte[]> letter : run.app().records("image-dead-letters")) {
      byte[] offset = letter.headers().lastHeader(DeadLetter.OFFSET).value();
      assertThat(ledger.deadLetter(Long.parseLong(new String(offset, StandardCharsets.UTF_8))))
          .isTrue();
    }
    assertThat(ledger.missing(Long.MAX_VALUE)).isEmpty();
    assertThat(ledger.doubled()).isEmpty();
  }

  private static EventLedger ledger(StoryRun run) {
    EventLedger ledger = new EventLedger("image-metadata", 0, 0);
    run.inputs()
        .forEach((offset, input) -> {
          byte[] key = key(input) == null ? new byte[] {1} : ImageKeySerde.write(key(input));
          ledger.enter(offset, key, kind(input), 0);
        });
    return ledger;
  }

  private static EventLedger.Kind kind(Input input) {
    return switch (input) {
      case Input.Event _ -> EventLedger.Kind.EVENT;
      case Input.Removed _ -> EventLedger.Kind.REMOVAL;
      case Input.Unreadable _ -> EventLedger.Kind.UNREADABLE;
    };
  }

  private static void assertEqualWhenJudgedAnew(
      StoryRun run, List<Answered> answers, List<TestRecord<byte[], byte[]>> log) {
    LogHistory history = new LogHistory();
    for (int offset = 0; offset < log.size(); offset++) {
      ImageKey key = ImageKeySerde.read(log.get(offset).key());
      FingerprintRecord record = LOG.read(log.get(offset).value());
      if (record == null) {
        history.removed(offset, key);
      } else {
        history.logged(offset, key, record);
      }
    }
    VerdictCheck check = new VerdictCheck(history);
    EventLedger ledger = ledger(run);
    assertThat(history.defects()).isEmpty();
    for (Answered answer : answers) {
      if (answer.told.verdict() != null) {
        assertThat(check.check(answer.told.verdict(), ledger.isLatest(answer.offset)))
            .as("%s", answer.told)
            .isEqualTo(Finding.EQUAL);
      }
    }
  }

  private static void assertNoCycles(List<Answered> answers) {
    for (Answered answer : answers) {
      if (answer.told.verdict() instanceof DuplicateFound duplicate) {
        assertThat(duplicate.matches())
            .as("%s", duplicate)
            .isNotEmpty()
            .startsWith(duplicate.original())
            .extracting(Match::position)
            .isSorted()
            .doesNotHaveDuplicates()
            .allMatch(position -> position < duplicate.position());
        assertThat(duplicate.matches())
            .extracting(Match::id)
            .doesNotContain(duplicate.image().id());
        assertThat(duplicate.matchCount()).isEqualTo(duplicate.matches().size());
      }
    }
  }

  private static void assertTopicsAgree(StoryRun run) {
    Map<String, List<Verdict>> topics = new TreeMap<>();
    for (String topic : List.of("duplicate-found", "unique", "download-failed")) {
      topics.put(
          topic, run.app().records(topic).stream().map(one -> Told.of(one).verdict()).toList());
    }
    Map<String, List<Verdict>> told = new TreeMap<>();
    topics.keySet().forEach(topic -> told.put(topic, new ArrayList<>()));
    for (Told one : run.told()) {
      switch (one.verdict()) {
        case null -> {}
        case Verdict.Unique unique -> told.get("unique").add(unique);
        case DuplicateFound duplicate -> told.get("duplicate-found").add(duplicate);
        case DownloadFailed failed -> told.get("download-failed").add(failed);
      }
    }
    assertThat(topics).isEqualTo(told);
  }

  private static void assertChangelogsHaveWhatStoresHave(StoryRun run) {
    Map<String, Map<Bytes, Bytes>> stores = new TreeMap<>();
    run.app().rows().forEach((store, rows) -> stores.put(store, compacted(rows)));
    Map<String, Map<Bytes, Bytes>> changelogs = new TreeMap<>();
    run.app().changelogs().forEach((store, log) -> changelogs.put(store, compacted(log)));
    assertThat(changelogs).isEqualTo(stores);
  }

  private static Map<Bytes, Bytes> compacted(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    records.forEach(one -> rows.put(Bytes.wrap(one.key()), Bytes.wrap(one.value())));
    rows.values().removeIf(value -> value == null);
    return rows;
  }
}
