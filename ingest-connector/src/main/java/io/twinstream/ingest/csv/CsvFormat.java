package io.twinstream.ingest.csv;

/**
 * How a file is written.
 *
 * @param delimiter the setting, see {@link Delimiter#of}
 * @param maxRowBytes the longest row that is read
 */
record CsvFormat(String delimiter, int maxRowBytes) {}
