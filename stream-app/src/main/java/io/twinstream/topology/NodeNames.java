package io.twinstream.topology;

/** The names of the topology's nodes. Stores and changelogs hang on them: they never change. */
final class NodeNames {
  static final String IMAGE_METADATA = "image-metadata";
  static final String PARSE = "parse";
  static final String DEAD_LETTERS = "image-dead-letters";
  static final String FETCH = "fetch";
  static final String TO_FETCHED_IMAGES = "to-fetched-images";
  static final String IMAGE_THUMBNAILS = "image-thumbnails";
  static final String FETCHED_IMAGES = "fetched-images";
  static final String MATCH = "match";
  static final String IMAGE_FINGERPRINTS = "image-fingerprints";
  static final String THRESHOLD_CHANGES = "threshold-changes";
  static final String DUPLICATE_FOUND = "duplicate-found";
  static final String UNIQUE = "unique";
  static final String DOWNLOAD_FAILED = "download-failed";
  static final String IMAGE_STATE = "image-state";

  private NodeNames() {}
}
