package io.twinstream.topology;

import io.twinstream.fetch.Fetcher;
import io.twinstream.load.ImageLoader;
import io.twinstream.politeness.FetchControl;
import io.twinstream.politeness.Hosts;

/**
 * What all fetching tasks of a process share.
 *
 * @param loader loads images; stays the caller's, who closes it after the topology has stopped
 * @param fetcher knows the hosts of sources
 * @param hosts how they are treated
 * @param control what operators have said
 */
public record FetchParts(ImageLoader loader, Fetcher fetcher, Hosts hosts, FetchControl control) {}
