/**
 * From the bytes of a file to a fingerprint: format, decoding, perceptual hash, quality. Pure: no
 * Kafka, no network, no state between pictures.
 */
package io.twinstream.fingerprint;
