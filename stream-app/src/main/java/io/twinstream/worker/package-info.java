/**
 * Decoding in other processes, so that a picture which crashes a decoder, hangs it or eats its
 * memory costs a worker and not the stream. A pool of small Java processes is given files and
 * answers with fingerprints. Pure: no Kafka. What runs in a worker writes to no log and starts
 * none.
 */
package io.twinstream.worker;
