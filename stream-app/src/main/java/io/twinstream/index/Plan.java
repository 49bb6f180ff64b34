package io.twinstream.index;

import java.util.List;

/**
 * Where to look for what lies within a radius, by the pigeonhole principle, twice. If two codes
 * differ in at most r bits and are cut into p parts with r = p·a + b, then in one of the first b +
 * 1 parts they differ in at most a bits, or in one of the others in at most a − 1: else there would
 * be more than r. And if the two halves of a part differ in at most t bits together, then the first
 * half in at most t/2 or the second in at most (t − 1)/2, rounded down; the other half has what is
 * left. So a table is probed at keys nearby, and most of what lies there is ruled out by the few
 * bits of its other half.
 */
final class Plan {
  private final int radius;
  private final int[] part;
  private final int[] key;
  private double probes;
  private double entries;
  private double candidates;

  Plan(List<Cut> cuts, int radius) {
    this.radius = radius;
    this.part = new int[cuts.size()];
    this.key = new int[cuts.size()];
    int parts = cuts.getLast().part() + 1;
    for (int i = 0; i < part.length; i++) {
      Cut cut = cuts.get(i);
      part[i] = radius / parts - (cut.part() <= radius % parts ? 0 : 1);
      // Of a negative bound nothing is probed at all.
      key[i] =
          Math.min(
              cut.width(), part[i] < 0 ? -1 : i % 2 == 0 ? part[i] / 2 : (part[i] + 1) / 2 - 1);
      for (int distance = 0; distance <= key[i]; distance++) {
        double keys = choose(cut.width(), distance);
        double share = keys / (1 << cut.width());
        probes += keys;
        entries += share;
        candidates += share * shareWithin(cut.restWidth(), part[i] - distance);
      }
    }
  }

  /** How many bits of a whole part may differ, or less than 0. */
  int part(int slice) {
    return part[slice];
  }

  /** How many bits of the key may differ, or less than 0. */
  int key(int slice) {
    return key[slice];
  }

  int radius() {
    return radius;
  }

  /** How many buckets are looked into. */
  double probes() {
    return probes;
  }

  /** How many entries lie in them, for each code that is there, if codes are random. */
  double entries() {
    return entries;
  }

  /** How many of these are compared as a whole, likewise. */
  double candidates() {
    return candidates;
  }

  private static double shareWithin(int width, int distance) {
    double sum = 0;
    for (int i = 0; i <= Math.min(width, distance); i++) {
      sum += choose(width, i);
    }
    return sum / (1L << width);
  }

  private static double choose(int n, int k) {
    double result = 1;
    for (int i = 1; i <= k; i++) {
      result = result * (n - k + i) / i;
    }
    return result;
  }
}
