package io.twinstream.sample.scene;

/** A way to fill a canvas. */
@FunctionalInterface
interface Motif {
  /** Paints; all chance comes from the canvas. */
  void paint(Canvas canvas);
}
