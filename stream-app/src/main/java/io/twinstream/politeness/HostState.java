package io.twinstream.politeness;

/**
 * How it stands with a host.
 *
 * @param underWay requests at this moment
 * @param open whether its circuit breaker is open or half open
 * @param stopped whether an operator has stopped it
 */
public record HostState(String name, int underWay, boolean open, boolean stopped) {}
