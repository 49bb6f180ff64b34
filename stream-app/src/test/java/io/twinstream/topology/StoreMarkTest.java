package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class StoreMarkTest {
  @Test
  void aStoreThatIsBeingRebuiltIsRefusedAndStillKnowsItsNextPosition() {
    byte[] mark = StoreMark.beingRebuilt(7, "PDQ");

    assertThatExceptionOfType(RefusedStoreException.class)
        .isThrownBy(() -> StoreMark.next(mark, "PDQ"))
        .withMessageContaining("twinstream rebuild --algorithm \"PDQ\"");
    assertThat(StoreMark.next(mark)).hasValue(7);
  }

  @Test
  void aLayoutOfAnotherBuildIsRefusedWithTheCommandThatWritesThisOne() {
    byte[] mark = {4, 1, 2, 3};

    assertThatExceptionOfType(RefusedStoreException.class)
        .isThrownBy(() -> StoreMark.next(mark, "PDQ"))
        .withMessageContaining("layout 4")
        .withMessageContaining("twinstream rebuild --algorithm \"PDQ\"");
    assertThat(StoreMark.next(mark)).isEmpty();
  }

  @Test
  void aStoreWithoutAMarkIsNew() {
    assertThat(StoreMark.next(null, "PDQ")).isZero();
    assertThat(StoreMark.next(StoreMark.write(5, "PDQ"), "PDQ")).isEqualTo(5);
  }
}
