/** What is measured with JMH: one class for each part of the way from a file to its fingerprint. */
package io.twinstream.benchmarks;
