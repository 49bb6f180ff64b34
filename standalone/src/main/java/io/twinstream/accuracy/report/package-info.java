/** Measured accuracy as a table, JSON, CSV and a picture. */
package io.twinstream.accuracy.report;
