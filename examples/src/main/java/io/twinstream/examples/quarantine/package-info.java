/**
 * Reacts to duplicates without touching them: what is said of each image is noted in a quarantine,
 * which other code asks. Only {@link io.twinstream.examples.quarantine.QuarantineConsumer} knows
 * Kafka.
 */
package io.twinstream.examples.quarantine;
