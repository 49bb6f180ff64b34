package io.twinstream.standalone.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinstream.standalone.engine.BrokenException;
import io.twinstream.standalone.engine.RefusedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Nobody listens there; what isn't asked over the network doesn't care. */
  private static final String NOBODY = "127.0.0.1:1";

  private final CountDownLatch stop = new CountDownLatch(1);

  @Test
  void anAnswerThatComesLateIsWaitedFor() {
    assertThat(askTwice(Optional::empty, "here")).contains("here");
    assertThat(
            askTwice(
                () -> {
                  throw new LeaderNotAvailableException("one moment");
                },
                "here"))
        .contains("here");
  }

  @Test
  void brokersThatAreTooFewForTheCopiesAreWaitedFor() {
    assertThat(
            askTwice(
                () -> {
                  throw new InvalidReplicationFactorException("1 of 3");
                },
                "here"))
        .contains("here");
  }

  @Test
  void withoutPatienceItIsAskedOnce() {
    assertThat(ask(Duration.ZERO, () -> Optional.of("here"))).contains("here");
    assertThatExceptionOfType(BrokenException.class)
        .isThrownBy(() -> ask(Duration.ZERO, Optional::empty))
        .withMessage("an answer at %s: nothing after 0 s (it is not there yet)", NOBODY);
  }

  @Test
  void nobodyListeningIsToldWhenTheTimeIsUp() {
    Cluster cluster = new Cluster(NOBODY, Duration.ZERO);

    assertThatExceptionOfType(BrokenException.class)
        .isThrownBy(() -> cluster.ask("topics", ClusterTest::names, stop))
        .withMessageStartingWith("topics at %s: nothing after 0 s", NOBODY);
  }

  @Test
  void aNameWithoutAnAddressMayGetOne() {
    Cluster cluster = new Cluster("broker.invalid:9092", Duration.ZERO);

    assertThatExceptionOfType(BrokenException.class)
        .isThrownBy(() -> cluster.ask("topics", ClusterTest::names, stop))
        .withMessageContaining("its name has no address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:port", ":", ""})
  void whatCannotBeAnAddressIsRefused(String address) {
    Cluster cluster = new Cluster(address, LONG);

    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> cluster.ask("topics", ClusterTest::names, stop))
        .withMessageStartingWith("%s can't be a Kafka cluster: ", address);
  }

  @Test
  void aMissingRightIsToldAtOnce() {
    assertThatExceptionOfType(BrokenException.class)
        .isThrownBy(() ->
            ask(
                LONG,
                () -> {
                  throw new ClusterAuthorizationException("no Create on the cluster");
                }))
        .withMessageContaining("no Create on the cluster")
        .withMessageContaining("Whoever runs the cluster can grant what is missing");
  }

  @Test
  void anotherRefusalIsToldAtOnce() {
    assertThatExceptionOfType(BrokenException.class)
        .isThrownBy(() ->
            ask(
                LONG,
                () -> {
                  throw new InvalidTopicException("a b is no name");
                }))
        .withMessageContaining("a b is no name")
        .withMessageContaining("Change what it names");
  }

  @Test
  void itStopsWhenItIsTold() {
    stop.countDown();

    assertThat(ask(LONG, Optional::empty)).isEmpty();
  }

  private Optional<String> ask(Duration patience, Supplier<Optional<String>> answer) {
    return new Cluster(NOBODY, patience).ask("an answer", admin -> answer.get(), stop);
  }

  private Optional<String> askTwice(Supplier<Optional<String>> first, String second) {
    Queue<Supplier<Optional<String>>> answers =
        new ArrayDeque<>(List.of(first, () -> Optional.of(second)));
    return ask(LONG, () -> answers.remove().get());
  }

  private static Optional<Object> names(Admin admin) {
    try {
      return Optional.of(admin.listTopics().names().get());
    } catch (ExecutionException e) {
      throw (KafkaException) e.getCause();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
