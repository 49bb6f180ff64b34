package io.twinstream.standalone;

import io.twinstream.fetch.FetchLimits;
import io.twinstream.fetch.UserAgent;
import io.twinstream.fetch.address.AddressPolicy;
import io.twinstream.fetch.address.Network;
import io.twinstream.standalone.engine.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may be asked, and in which way: the same options for all commands that fetch. */
final class FetchOptions {
  @Option(
      names = "--allow-private",
      description = "Fetch from private and loopback addresses, too, on any port.")
  private boolean allowPrivate;

  @Option(
      names = "--allow-host",
      paramLabel = "HOST",
      description =
          "Fetch from this host and no other: a name, an address, or *.example.org for all names"
              + " below one; may be repeated. Without one all hosts are asked.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--allow-network",
      paramLabel = "CIDR",
      description =
          "Fetch from this private network, too, for example 10.1.0.0/16 or fd00:1::/32; may be"
              + " repeated.")
  private List<String> networks = new ArrayList<>();

  @Option(
      names = "--allow-port",
      paramLabel = "PORT",
      description = "Fetch from this port, too, besides 80 and 443; may be repeated.")
  private List<Integer> ports = new ArrayList<>();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description =
          "A folder that file: addresses may lead to; may be repeated. What a scan is given is"
              + " always one; a service without one refuses such addresses.")
  private List<Path> roots = new ArrayList<>();

  @Option(
      names = "--contact",
      paramLabel = "ADDRESS",
      description =
          "Where whoever runs a server can reach you: a page or a mailbox, sent along with every"
              + " request.")
  private String contact;

  @Option(
      names = "--per-host",
      paramLabel = "N",
      description =
          "Downloads from one host at a time, by this instance: divide what a host bears by the"
              + " number of instances. Default: 4, in a scan 16.")
  private Integer perHost;

  @Option(
      names = "--max-bytes-per-second",
      paramLabel = "N",
      description =
          "What all downloads of this instance together may read in a second. Default: no limit.")
  private Long maxBytesPerSecond;

  @Mixin private LimitOptions limits;

  /** Who may be asked. */
  AddressPolicy addresses() {
    Set<Integer> allPorts = new HashSet<>(AddressPolicy.WEB_PORTS);
    allPorts.addAll(ports);
    try {
      return new AddressPolicy(
          allowPrivate,
          allPorts,
          Set.copyOf(hosts),
          networks.stream().map(Network::parse).toList());
    } catch (IllegalArgumentException e) {
      throw new RefusedException(e.getMessage());
    }
  }

  /** What one fetch may take. */
  FetchLimits limits() {
    if (maxBytesPerSecond != null && maxBytesPerSecond < 1) {
      throw new RefusedException("--max-bytes-per-second is 1 or more, not " + maxBytesPerSecond);
    }
    FetchLimits each = limits.limits();
    return maxBytesPerSecond == null ? each : each.withAllBytesPerSecond(maxBytesPerSecond);
  }

  /** Who asks. */
  UserAgent userAgent() {
    try {
      return new UserAgent(VersionProvider.version(), Optional.ofNullable(contact));
    } catch (IllegalArgumentException e) {
      throw new RefusedException("--contact: " + e.getMessage());
    }
  }

  /** Folders that may be read, absolute. */
  List<Path> roots() {
    for (Path root : roots) {
      if (!Files.isDirectory(root)) {
        throw new RefusedException("--root %s is no folder".formatted(root));
      }
    }
    return roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
  }

  /** Downloads from one host at a time. */
  int perHost(int byDefault) {
    int chosen = perHost == null ? byDefault : perHost;
    if (chosen < 1) {
      throw new RefusedException("--per-host is 1 or more, not " + chosen);
    }
    return chosen;
  }
}
