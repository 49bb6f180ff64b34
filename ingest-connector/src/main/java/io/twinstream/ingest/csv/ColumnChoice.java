package io.twinstream.ingest.csv;

/**
 * The columns that were named for a purpose; "" where none was.
 *
 * @param id holds the ids of the images
 * @param url holds their addresses
 * @param collection holds their collections
 */
record ColumnChoice(String id, String url, String collection) {
  static final String ID_COLUMN = "id.column";
  static final String URL_COLUMN = "url.column";
  static final String COLLECTION_COLUMN = "collection.column";

  /** The columns are found by their usual names. */
  static final ColumnChoice NONE = new ColumnChoice("", "", "");
}
