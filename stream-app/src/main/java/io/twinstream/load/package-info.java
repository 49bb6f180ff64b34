/**
 * Loading an image: from its source to its fingerprint, asynchronously, within bounds. Pure: no
 * Kafka.
 */
package io.twinstream.load;
