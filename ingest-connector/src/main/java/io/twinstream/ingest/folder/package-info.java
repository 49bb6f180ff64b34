/**
 * Publishes the pictures of a folder and of all folders below it. The walk and what it makes of a
 * file know nothing of Kafka; only the connector, its task and its settings do.
 */
package io.twinstream.ingest.folder;
