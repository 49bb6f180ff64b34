/**
 * The past judged anew: what the fingerprint log comes to, matched once more by other thresholds.
 */
package io.twinstream.replay;
