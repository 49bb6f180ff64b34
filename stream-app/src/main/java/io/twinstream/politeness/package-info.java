/**
 * How hosts are treated: how many requests at a time and a second, pauses that they asked for,
 * circuit breakers, and what an operator has stopped. It never waits: who is refused asks again.
 * Pure: no Kafka.
 */
package io.twinstream.politeness;
