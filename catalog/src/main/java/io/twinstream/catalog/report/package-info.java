/** Reports as files: written whole beside the old one, then put in its place. */
package io.twinstream.catalog.report;
