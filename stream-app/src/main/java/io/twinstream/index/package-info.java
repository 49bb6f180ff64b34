/**
 * Exact search over binary codes: everything within a Hamming distance, of lower position. Pure and
 * in memory; how it is found is nobody else's business. {@link io.twinstream.index.PackedIndex} is
 * the one in use, {@link io.twinstream.index.LinearIndex} the one that it is held against.
 */
package io.twinstream.index;
