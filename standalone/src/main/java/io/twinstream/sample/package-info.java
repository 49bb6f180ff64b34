/**
 * A folder of invented pictures to try the product on, with the truth about which of them are
 * duplicates. Knows nothing of Kafka.
 */
package io.twinstream.sample;
