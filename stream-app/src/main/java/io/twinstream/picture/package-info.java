/**
 * From the bytes of a file to pixels: format, header, orientation, decoding at the scale that is
 * needed. Pure: no Kafka, no network, no state between pictures.
 */
package io.twinstream.picture;
