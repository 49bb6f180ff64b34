package io.twinstream.politeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstream.schema.ImageKey;
import org.junit.jupiter.api.Test;

class FetchControlTest {
  private static final ImageKey IMAGE = new ImageKey("c", "1");

  private final FetchControl control = new FetchControl();

  @Test
  void whatWasFiledBeforeIsCancelledAndNothingLater() {
    control.cancel("a.example", 100);

    assertThat(control.isCancelled(IMAGE, "a.example", 99)).isTrue();
    assertThat(control.isCancelled(IMAGE, "a.example:8080", 99)).isTrue();
    assertThat(control.isCancelled(IMAGE, "a.example", 100)).isFalse();
    assertThat(control.isCancelled(IMAGE, "b.example", 99)).isFalse();
  }

  @Test
  void anEarlierTimeDoesNotTakeALaterOneBack() {
    control.cancel("a.example", 100);
    control.cancel("a.example", 50);
    control.cancel(IMAGE, 100);
    control.cancel(IMAGE, 50);

    assertThat(control.isCancelled(IMAGE, "a.example", 99)).isTrue();
    assertThat(control.isCancelled(IMAGE, "other", 99)).isTrue();
    assertThat(control.cancelledImagesSince(0)).containsExactly(IMAGE);
  }

  @Test
  void onlyTheImagesOfNewWordsAreNamed() {
    ImageKey other = new ImageKey("c", "2");
    control.cancel(IMAGE, 100);
    long seen = control.version();
    control.stop("a.example");
    assertThat(control.cancelledImagesSince(seen)).isEmpty();

    control.cancel(other, 100);
    assertThat(control.cancelledImagesSince(seen)).containsExactly(other);
    control.cancel(IMAGE, 200);
    assertThat(control.cancelledImagesSince(seen)).containsExactlyInAnyOrder(IMAGE, other);
  }

  @Test
  void whatIsTakenBackIsCancelledNoLonger() {
    control.cancel("a.example", 100);
    control.cancel(IMAGE, 100);
    control.takeBack("a.example");
    control.takeBack(IMAGE);

    assertThat(control.isCancelled(IMAGE, "a.example", 99)).isFalse();
    assertThat(control.cancelledImagesSince(0)).isEmpty();
  }

  @Test
  void aPortIsOfItsOwnAndAnAddressOfTheNewKindHasColonsWithoutOne() {
    control.stop("a.example:8080");
    control.stop("[::1]");

    assertThat(control.isStopped("a.example:8080")).isTrue();
    assertThat(control.isStopped("a.example")).isFalse();
    assertThat(control.isStopped("a.example:8081")).isFalse();
    assertThat(control.isStopped("[::1]")).isTrue();
    assertThat(control.isStopped("[::1]:8080")).isTrue();
    assertThat(control.isStopped("[::2]")).isFalse();
  }

  @Test
  void everyChangeIsSeenInTheVersion() {
    long before = control.version();
    control.stop("a");
    control.resume("a");
    control.cancel("a", 1);
    control.cancel(IMAGE, 1);
    control.takeBack("a");
    control.takeBack(IMAGE);

    assertThat(control.version()).isEqualTo(before + 6);
  }
}
