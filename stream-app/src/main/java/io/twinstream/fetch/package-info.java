/**
 * From an image's source to its bytes, or to the reason why not: files under allowed folders, http
 * and https with limits and vetted addresses, and what is worth another try. Pure: no Kafka.
 */
package io.twinstream.fetch;
