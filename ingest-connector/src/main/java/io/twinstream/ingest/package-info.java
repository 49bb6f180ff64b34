/**
 * What the source connectors share: the settings that every source has, the life of a task, and the
 * records it writes. A kind of source brings an {@link io.twinstream.ingest.ImageSource}, which
 * knows nothing of Kafka, and lives in a package of its own that nothing here refers to.
 */
package io.twinstream.ingest;
