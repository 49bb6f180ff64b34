/** One scan: sources in, verdicts counted, reports out, with progress for whoever watches. */
package io.twinstream.standalone.scan;
