/**
 * Spreadsheets (.xlsx) of any length, written as they come: rows of cells, no matter what they
 * mean. Knows nothing of images.
 */
package io.twinstream.catalog.sheet;
