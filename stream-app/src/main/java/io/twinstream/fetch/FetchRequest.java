package io.twinstream.fetch;

/**
 * One try.
 *
 * @param address where the bytes are said to be
 * @param redirects how many led there from the image's source, 0 for the source itself
 * @param memory pays for what is read
 */
public record FetchRequest(String address, int redirects, MemoryBudget.Lease memory) {}
