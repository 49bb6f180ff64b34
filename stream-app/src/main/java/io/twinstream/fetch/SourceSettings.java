package io.twinstream.fetch;

import io.twinstream.fetch.address.AddressPolicy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * What fetchers are told.
 *
 * @param limits of one fetch
 * @param addresses who may be asked
 * @param fileRoots folders that {@code file:} sources may lie in; empty forbids the scheme
 * @param userAgent who asks
 * @param clock the time of day
 * @param redirectsInTurn whether each redirect, also one within a host, is handed back to wait for
 *     its turn there: where requests are counted by the second
 */
public record SourceSettings(
    FetchLimits limits,
    AddressPolicy addresses,
    List<Path> fileRoots,
    UserAgent userAgent,
    InstantSource clock,
    boolean redirectsInTurn) {
  public SourceSettings {
    fileRoots = List.copyOf(fileRoots);
  }
}
