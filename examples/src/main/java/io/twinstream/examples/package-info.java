/**
 * How foreign code takes part: nothing here uses any other part of Twinstream, so that each file
 * can be copied.
 */
package io.twinstream.examples;
