package io.twinstream.standalone.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * One of the nodes of a cluster on the loopback address, each of which is broker and controller.
 *
 * @param id 1 or more
 * @param port where clients find it
 * @param controllers ports of the controllers of all nodes, node 1 first
 */
public record BrokerNode(int id, int port, List<Integer> controllers) {
  private static final String HOST = "127.0.0.1";

  /** With so many nodes, everything is there three times, and one may be lost. */
  private static final int ENOUGH = 3;

  /**
   * @throws IllegalArgumentException if the cluster has no such node
   */
  public BrokerNode {
    controllers = List.copyOf(controllers);
    if (id < 1 || id > controllers.size()) {
      throw new IllegalArgumentException(
          "of %d nodes none has the number %d".formatted(controllers.size(), id));
    }
  }

  /** The only node of its cluster, on free ports. */
  public static BrokerNode alone() {
    List<Integer> ports = FreePorts.some(2);
    return new BrokerNode(1, ports.getFirst(), List.of(ports.getLast()));
  }

  String address() {
    return HOST + ":" + port;
  }

  String controllerAddress() {
    return HOST + ":" + controllers.get(id - 1);
  }

  String voters() {
    return IntStream.rangeClosed(1, controllers.size())
        .mapToObj(node -> "%d@%s:%d".formatted(node, HOST, controllers.get(node - 1)))
        .collect(Collectors.joining(","));
  }

  int copies() {
    return controllers.size() < ENOUGH ? 1 : ENOUGH;
  }

  int copiesInSync() {
    return controllers.size() < ENOUGH ? 1 : ENOUGH - 1;
  }

  /** Nodes of one cluster have to agree on it. */
  String clusterId() {
    if (controllers.size() == 1) {
      return Uuid.randomUuid().toString();
    }
    UUID name = UUID.nameUUIDFromBytes(voters().getBytes(UTF_8));
    return new Uuid(name.getMostSignificantBits(), name.getLeastSignificantBits()).toString();
  }
}
