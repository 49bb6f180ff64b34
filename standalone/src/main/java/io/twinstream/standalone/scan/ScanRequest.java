package io.twinstream.standalone.scan;

import io.twinstream.app.Decoding;
import io.twinstream.catalog.report.Reports;
import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.RetryPolicy;
import io.twinstream.fetch.UserAgent;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fingerprint.FingerprintSettings;
import io.twinstream.match.MatchChoice;
import io.twinstream.politeness.HostLimits;
import io.twinstream.standalone.operate.RetryChoice;
import java.nio.file.Path;
import java.util.List;

/**
 * What a scan is to do.
 *
 * @param sources in the order in which they are read
 * @param matching what counts as alike
 * @param out where reports go
 * @param data the data directory
 * @param addresses what may be connected to
 * @param hosts what each host is asked for at most
 * @param inFlight downloads at a time, from all hosts together
 * @param retry when an image is tried again
 * @param roots further folders that {@code file:} sources may lie in
 * @param limits what one fetch may take
 * @param userAgent who asks over HTTP
 * @param fingerprints what they are made with, but for the algorithm
 * @param decoding where pictures are decoded
 * @param retried which of the images that failed in earlier scans are tried again
 * @param reports which are written, and how
 */
public record ScanRequest(
    List<ScanSource> sources,
    MatchChoice matching,
    Path out,
    Path data,
    AddressPolicy addresses,
    HostLimits hosts,
    int inFlight,
    RetryPolicy retry,
    List<Path> roots,
    FetchLimits limits,
    UserAgent userAgent,
    FingerprintSettings fingerprints,
    Decoding decoding,
    RetryChoice retried,
    Reports reports) {
  public ScanRequest {
    sources = List.copyOf(sources);
    roots = List.copyOf(roots);
  }
}
