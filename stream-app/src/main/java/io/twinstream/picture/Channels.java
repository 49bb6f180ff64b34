package io.twinstream.picture;

/** What is kept of a pixel. */
enum Channels {
  /** Luma. */
  GREY(1),
  /** Blue, green, red. */
  BGR(3);

  private final int count;

  Channels(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }
}
