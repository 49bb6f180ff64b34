package io.twinstream.topology;

import static java.util.stream.Collectors.joining;

import io.twinstream.schema.FailureReason;
import io.twinstream.schema.FingerprintRecord;
import io.twinstream.schema.ImageKey;
import io.twinstream.schema.Verdict;
import io.twinstream.schema.Verdict.DownloadFailed;
import io.twinstream.schema.Verdict.DuplicateFound;
import io.twinstream.schema.Verdict.Unique;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.ImageKeySerde;
import org.apache.kafka.streams.test.TestRecord;

/**
 * What the app has said of an image.
 *
 * @param verdict null of a removal
 */
record Told(ImageKey key, Verdict verdict) {
  private static final EventCodec<Verdict> VERDICT = EventCodec.json(Verdict.class);
  private static final EventCodec<FingerprintRecord> LOG = EventCodec.json(FingerprintRecord.class);

  static Told of(TestRecord<byte[], byte[]> record) {
    return new Told(ImageKeySerde.read(record.key()), VERDICT.read(record.value()));
  }

  /** In words without what differs from run to run. */
  String words() {
    return switch (verdict) {
      case null -> "removed";
      case Unique unique -> "at %d like []".formatted(unique.position());
      case DuplicateFound duplicate ->
          "at %d like [%s]".formatted(duplicate.position(), matches(duplicate));
      case DownloadFailed failed -> "%s after %d".formatted(failed.reason(), failed.attempts());
    };
  }

  private static String matches(DuplicateFound duplicate) {
    return duplicate.matches().stream()
        .map(match ->
            "%s@%d %s %d".formatted(match.id(), match.position(), match.kind(), match.distance()))
        .collect(joining(", "));
  }

  boolean failed() {
    return verdict instanceof DownloadFailed;
  }

  boolean isSuperseded() {
    return verdict instanceof DownloadFailed failed && failed.reason() == FailureReason.SUPERSEDED;
  }

  /** A record of the fingerprint log in the words of {@link PlainJudge}. */
  static String logged(TestRecord<byte[], byte[]> record) {
    ImageKey key = ImageKeySerde.read(record.key());
    FingerprintRecord logged = LOG.read(record.value());
    return logged == null
        ? "%s removed".formatted(key)
        : "%s at %d by %d".formatted(key, logged.position(), logged.event().offset());
  }
}
