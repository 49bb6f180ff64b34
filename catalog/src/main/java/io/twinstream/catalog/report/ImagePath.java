package io.twinstream.catalog.report;

import io.twinstream.schema.ImageMetadata;
import java.net.URI;
import java.nio.file.Path;

/** How a report names where an image is: a path for local files, else the source as it came. */
final class ImagePath {
  private ImagePath() {}

  static String of(ImageMetadata image) {
    String source = image.source();
    if (!source.startsWith("file:")) {
      return source;
    }
    try {
      return Path.of(URI.create(source)).toString();
    } catch (IllegalArgumentException e) {
      return source;
    }
  }
}
