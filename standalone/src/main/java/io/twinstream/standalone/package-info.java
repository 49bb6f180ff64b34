/** {@code twinstream} on the command line: options in, exit codes and words for people out. */
package io.twinstream.standalone;
