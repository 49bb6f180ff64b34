/**
 * Publishes the images that the rows of a CSV file name. Bytes become records ({@link
 * io.twinstream.ingest.csv.CsvSplitter}), records fields, fields events ({@link
 * io.twinstream.ingest.csv.CsvColumns}); none of these knows Kafka, only the connector, its task
 * and its settings do.
 */
package io.twinstream.ingest.csv;
