package io.twinstream.politeness;

import java.time.Instant;
import java.util.Optional;

/**
 * How it stands with a host.
 *
 * @param underWay requests at this moment
 * @param pausedUntil when the pause is over that it asked for; empty if it is in none
 * @param open whether its circuit breaker is open or half open
 * @param stopped whether an operator has stopped it
 */
public record HostState(
    String name, int underWay, Optional<Instant> pausedUntil, boolean open, boolean stopped) {}
