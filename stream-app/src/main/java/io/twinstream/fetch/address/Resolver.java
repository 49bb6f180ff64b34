package io.twinstream.fetch.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up the addresses of a name. */
@FunctionalInterface
public interface Resolver {
  /** That of the system; keeps an answer for a while, 30 s by default. */
  Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * Takes the thread until the answer is here.
   *
   * @throws UnknownHostException if there is no such name, or nobody knows
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
