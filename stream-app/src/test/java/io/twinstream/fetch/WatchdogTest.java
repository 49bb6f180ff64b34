package io.twinstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WatchdogTest {
  private static final FetchLimits NO_TIME =
      new FetchLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(1),
          1,
          Duration.ofSeconds(5),
          1,
          1,
          1,
          1);

  @Test
  void aRequestThatComesTooLateIsEndedBeforeItBegins() {
    try (Watchdog watchdog = new Watchdog(NO_TIME);
        Watchdog.Watch watch = watchdog.watch()) {
      await().until(() -> watch.expired().isPresent());
      Call call =
          new OkHttpClient().newCall(new Request.Builder().url("http://example.org/").build());

      watch.next(call);

      assertThat(call.isCanceled()).isTrue();
    }
  }
}
