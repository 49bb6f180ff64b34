/**
 * Exact search over binary codes: everything within a Hamming distance, of lower position. Pure and
 * in memory; how it is found is nobody else's business.
 */
package io.twinstream.index;
