package io.twinstream.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all images of a source have in common.
 *
 * @param name the source's name: the first part of the ids it makes up
 * @param collection the collection of images for which the source itself names none
 * @param attributes texts added to every image, in order
 */
public record Origin(String name, String collection, Map<String, String> attributes) {
  /** The setting that names the added attributes. */
  public static final String ATTRIBUTES = "attributes";

  public Origin {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
