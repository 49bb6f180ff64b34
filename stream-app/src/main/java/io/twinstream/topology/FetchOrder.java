package io.twinstream.topology;

/** In which order the results of fetching go on to the matcher. */
public enum FetchOrder {
  /** As they come; a slow image holds up nobody. A newer event of an image supersedes an older. */
  ARRIVAL,

  /**
   * In the order of the events of a partition, so that with one partition two runs over the same
   * input give the same originals. A slow image holds up those behind it, within a bounded window.
   * Every event is worked on, none is superseded.
   */
  SOURCE
}
