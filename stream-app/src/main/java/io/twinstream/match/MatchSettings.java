package io.twinstream.match;

import io.twinstream.hash.Orientations;
import io.twinstream.hash.Views;
import io.twinstream.schema.Threshold;

/**
 * What an image is matched by.
 *
 * @param threshold what counts as alike
 * @param orientations in which ways an image is looked at, as far as its fingerprint has them
 * @param views which parts of an image are looked at, likewise
 */
public record MatchSettings(Threshold threshold, Orientations orientations, Views views) {}
