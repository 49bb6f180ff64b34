/**
 * The read side: what the topics say, image by image and row by row of what was handed in. The
 * state itself is pure; {@link io.twinstream.catalog.CatalogReader} fills it from Kafka.
 */
package io.twinstream.catalog;
