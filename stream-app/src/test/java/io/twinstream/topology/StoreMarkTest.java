package io.twinstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class StoreMarkTest {
  @Test
  void aStoreThatIsBeingRebuiltIsRefusedAndStillKnowsItsNextPosition() {
    byte[] mark = StoreMark.beingRebuilt(7, "PDQ");

    assertThatExceptionOfType(RefusedStoreException.class)
        .isThrownBy(() -> StoreMark.read(mark, "PDQ"))
        .withMessageContaining("twinstream rebuild --algorithm \"PDQ\"");
    assertThat(StoreMark.next(mark)).hasValue(7);
  }

  @Test
  void aLayoutOfAnotherBuildIsRefusedWithTheCommandThatWritesThisOne() {
    byte[] mark = {5, 1, 2, 3};

    assertThatExceptionOfType(RefusedStoreException.class)
        .isThrownBy(() -> StoreMark.read(mark, "PDQ"))
        .withMessageContaining("layout 5")
        .withMessageContaining("twinstream rebuild --algorithm \"PDQ\"");
    assertThat(StoreMark.next(mark)).isEmpty();
  }

  @Test
  void aStoreWithoutAMarkIsNew() {
    assertThat(StoreMark.read(null, "PDQ")).isEqualTo(new StoreMark(0, "PDQ", StoreMark.NONE));
  }

  @Test
  void anAdoptedRadiusIsReadAsItWasWrittenAlsoWithAnotherNextPosition() {
    byte[] mark = new StoreMark(5, "PDQ", StoreMark.NONE).adopting(40).given().write();

    assertThat(StoreMark.read(mark, "PDQ")).isEqualTo(new StoreMark(6, "PDQ", 40));
    assertThat(StoreMark.read(StoreMark.withNext(mark, 9), "PDQ"))
        .isEqualTo(new StoreMark(9, "PDQ", 40));
    assertThatExceptionOfType(RefusedStoreException.class)
        .isThrownBy(() -> StoreMark.read(mark, "PerceptiveHash(256)"))
        .withMessageContaining("matched by PDQ");
  }

  @Test
  void whereNoRadiusWasAdoptedTheMarkIsOneThatOlderBuildsRead() {
    byte[] mark = new StoreMark(5, "PDQ", StoreMark.NONE).write();

    assertThat(mark).startsWith(3, 0, 0, 0, 0, 0, 0, 0, 5).endsWith('P', 'D', 'Q').hasSize(12);
    assertThat(StoreMark.read(mark, "PDQ")).isEqualTo(new StoreMark(5, "PDQ", StoreMark.NONE));
  }
}
