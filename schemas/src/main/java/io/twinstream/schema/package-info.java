/**
 * The contract: what travels over the topics, as immutable records. Nothing here knows Kafka; the
 * mapping to bytes lives in {@code serde}, the topics in {@code topic}.
 */
package io.twinstream.schema;
