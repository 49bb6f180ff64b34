/** Compares the verdicts of a system, running or not, with what they have to be. */
package io.twinstream.standalone.verify;
