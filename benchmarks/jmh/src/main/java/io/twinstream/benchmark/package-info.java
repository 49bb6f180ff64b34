/** What small parts cost, measured with JMH. Nothing depends on it. */
package io.twinstream.benchmark;
