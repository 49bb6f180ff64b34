/**
 * The Kafka Streams topology and its state: moves data between Kafka and the pure packages, and
 * keeps what must outlive a crash. All thinking is done elsewhere.
 */
package io.twinstream.topology;
