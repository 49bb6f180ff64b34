/**
 * How much of what was done to pictures is found again, and what is found wrongly: edits, distances
 * of all pairs, recall by radius, bounds and the tail beyond what was seen. Pure: files in, numbers
 * out; no Kafka.
 */
package io.twinstream.accuracy;
