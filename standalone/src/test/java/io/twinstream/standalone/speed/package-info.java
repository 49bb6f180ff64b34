/** Benchmarks of the parts that run in one JVM; each is run by name, none with the other tests. */
package io.twinstream.standalone.speed;
