/** Replays of the fingerprint log by other thresholds, and what is made of them. */
package io.twinstream.standalone.replay;
