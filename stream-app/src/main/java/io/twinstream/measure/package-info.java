/**
 * What can be seen of a decoded picture beside its hashes: sharpness, block edges, colours, how
 * good a copy it is. Pure: no Kafka, no files.
 */
package io.twinstream.measure;
