package io.twinstream.standalone.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinstream.schema.ImageKey;
import io.twinstream.schema.ReplayRun;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which part of the fingerprint log counts.
 *
 * @param collection the only one, or empty for all
 * @param from judged are those whose records are of that time or later; null for all
 * @param until what is of that time or later does not count; null for all
 */
public record LogRange(String collection, Instant from, Instant until) {
  /** All of it. */
  public static final LogRange ALL = new LogRange("", null, null);

  /** That of a replay. */
  static LogRange of(ReplayRun run) {
    return new LogRange(run.collection(), run.from(), run.until());
  }

  /** Whether it is one of an image that counts. Other kinds of records have no slash in the key. */
  boolean has(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key();
    return key != null
        && isOfCollection(key)
        && (until == null || record.timestamp() < until.toEpochMilli());
  }

  private boolean isOfCollection(byte[] key) {
    int slash = 0;
    while (slash < key.length && key[slash] != '/') {
      slash++;
    }
    if (slash == key.length) {
      return false;
    }
    return collection.isEmpty() || Arrays.equals(key, 0, slash, prefix(), 0, prefix().length);
  }

  private byte[] prefix() {
    String key = new ImageKey(collection, "x").toString();
    return key.substring(0, key.length() - 2).getBytes(UTF_8);
  }

  /** Whether what counts is to be judged, too. */
  boolean isJudged(LogPass.Entry entry) {
    return Optional.ofNullable(from).map(Instant::toEpochMilli).orElse(Long.MIN_VALUE)
        <= entry.time();
  }
}
