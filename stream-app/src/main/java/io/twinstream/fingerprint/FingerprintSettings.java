package io.twinstream.fingerprint;

/**
 * What fingerprints are made with. It also travels to worker processes.
 *
 * @param maxPixels pictures with more are refused by their header, before decoding
 */
public record FingerprintSettings(long maxPixels) {
  /** 50 million pixels. */
  public static final FingerprintSettings DEFAULT = new FingerprintSettings(50_000_000);
}
