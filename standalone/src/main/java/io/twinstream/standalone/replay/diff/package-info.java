/**
 * What another run of matching changes. Comparing and printing know nothing of Kafka; {@link
 * io.twinstream.standalone.replay.diff.Diff} reads the topics for them.
 */
package io.twinstream.standalone.replay.diff;
