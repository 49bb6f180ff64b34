/**
 * The engine in one process: a real Kafka broker, a real Connect worker and the stream app, over
 * one data directory.
 */
package io.twinstream.standalone.engine;
