package io.twinstream.standalone.chaos;

import io.twinstream.standalone.engine.ChildProcess.Launcher;
import java.time.Duration;
import java.util.List;

/**
 * What a run is told.
 *
 * @param length of the time in which events come and faults happen
 * @param seed of both
 * @param brokers 1 or more
 * @param instances that are there all the time, 1 or more
 * @param images events of images, 2 or more
 * @param sabotage if any, there are no faults
 * @param mainClass of the command line
 * @param builds of the app, one after the other at each start of an instance
 */
public record ChaosSettings(
    Duration length,
    long seed,
    int brokers,
    int instances,
    int images,
    Sabotage sabotage,
    String mainClass,
    List<Launcher> builds) {
  public ChaosSettings {
    builds = List.copyOf(builds);
  }
}
