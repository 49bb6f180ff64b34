package io.twinstream.sample;

import io.twinstream.edit.Encoding.Jpeg;
import io.twinstream.sample.scene.Scene;

/**
 * An original to be painted.
 *
 * @param path where, relative to the sample's folder
 * @param number tells its scene from the others
 * @param scene what it is to show
 */
record Draft(String path, int number, Scene scene) {
  private static final Jpeg CAMERA = new Jpeg(86);

  SampleFile paint() {
    return new SampleFile(path, number, CAMERA.encode(scene.paint()));
  }

  Draft laidOutAnew() {
    return new Draft(path, number, scene.laidOutAnew());
  }
}
