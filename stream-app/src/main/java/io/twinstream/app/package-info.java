/** Building and running the topology as a Kafka Streams client. */
package io.twinstream.app;
