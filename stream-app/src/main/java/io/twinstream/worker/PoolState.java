package io.twinstream.worker;

/**
 * How a pool is doing, all numbers since it was made.
 *
 * @param workers that there should be
 * @param ready that have started and have not ended
 * @param busy that have a picture
 * @param waiting pictures that wait for a worker
 * @param pictures that have an outcome of a worker
 * @param restarts of workers, those that failed included
 * @param crashes tries in which a worker ended, or took too much memory
 * @param timeouts tries in which a worker took too long
 */
public record PoolState(
    int workers,
    int ready,
    int busy,
    int waiting,
    long pictures,
    long restarts,
    long crashes,
    long timeouts) {}
