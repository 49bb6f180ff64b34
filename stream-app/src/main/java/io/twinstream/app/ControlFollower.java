package io.twinstream.app;

import io.twinstream.politeness.FetchControl;
import io.twinstream.schema.FetchInstruction;
import io.twinstream.schema.FetchSubject;
import io.twinstream.schema.serde.EventCodec;
import io.twinstream.schema.serde.FetchSubjectSerde;
import io.twinstream.schema.serde.UnreadableEventException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a {@link FetchControl} what operators say on {@code image-fetch-control}: all of it before
 * anything is fetched, and from then on as it comes, on a thread of its own.
 */
final class ControlFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlFollower.class);
  private static final EventCodec<FetchInstruction> INSTRUCTION =
      EventCodec.json(FetchInstruction.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  private final String bootstrapServers;
  private final String topic;
  private final FetchControl control;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Null before it is started. */
  private TopicReader reader;

  private Thread thread;

  ControlFollower(String bootstrapServers, String topic, FetchControl control) {
    this.bootstrapServers = bootstrapServers;
    this.topic = topic;
    this.control = control;
  }

  /**
   * Reads what has been said so far, for at most 80 s, and goes on to follow.
   *
   * @throws IllegalStateException if there is no such topic, or it can't be read in time
   * @throws KafkaException if the cluster does not answer
   */
  void start() {
    try {
      reader = TopicReader.open(bootstrapServers, topic);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(e.getMessage() + "; it is made by: twinstream topics", e);
    }
    long start = System.nanoTime();
    while (!reader.isAtEnd()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%s could not be read to its end within %d s; before that a host could be asked that an"
                    .formatted(topic, PATIENCE.toSeconds())
                + " operator has stopped");
      }
      reader.poll(POLL, this::apply);
    }
    LOG.info("Read what operators have said on {}", topic);
    thread = Thread.ofPlatform().daemon().name("fetch-control").unstarted(this::follow);
    thread.start();
  }

  private void follow() {
    while (closed.getCount() > 0) {
      try {
        reader.poll(POLL, this::apply);
      } catch (WakeupException e) {
        // Closed.
      } catch (KafkaException e) {
        LOG.error("Can't read {}: what operators say is not heard until that is mended", topic, e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      closed.await(AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record) {
    try {
      FetchSubject subject = FetchSubjectSerde.read(record.key());
      FetchInstruction said = INSTRUCTION.read(record.value());
      switch (subject) {
        case FetchSubject.Host(String host) -> obey(host, said);
        case FetchSubject.Image image -> obey(image, said);
      }
      if (thread != null) {
        LOG.info("An operator says of {}: {}", subject, said == null ? "nothing any more" : said);
      }
    } catch (UnreadableEventException | ArithmeticException e) {
      LOG.warn("Offset {} of {} is passed over: {}", record.offset(), topic, e.getMessage());
    }
  }

  private void obey(String host, FetchInstruction said) {
    if (said != null && said.cancels()) {
      control.cancel(host, said.cancelledBefore().toEpochMilli());
    } else {
      control.takeBack(host);
    }
    if (said != null && said.stopped()) {
      control.stop(host);
    } else {
      control.resume(host);
    }
  }

  private void obey(FetchSubject.Image subject, FetchInstruction said) {
    if (said == null || !said.cancels()) {
      control.takeBack(subject.image());
    } else {
      control.cancel(subject.image(), said.cancelledBefore().toEpochMilli());
    }
    if (said != null && said.stopped()) {
      throw new UnreadableEventException("an image can't be stopped, only its host");
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (thread != null) {
      reader.wakeup();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    if (reader != null) {
      reader.close();
    }
  }
}
