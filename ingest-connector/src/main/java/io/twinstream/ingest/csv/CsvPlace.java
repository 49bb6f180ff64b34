package io.twinstream.ingest.csv;

import io.twinstream.ingest.Tally;

/**
 * A place in a file where a row ends.
 *
 * @param row the number of that row; 0 for the header
 * @param bytes how many bytes of the file end where that row ends, before its newline
 * @param crc the CRC-32C of these bytes, which tells a file that has grown from one that was
 *     rewritten
 * @param tally what has been counted up to there
 */
record CsvPlace(long row, long bytes, long crc, Tally tally) {}
