/**
 * The rules of matching: positions, re-submission, removal, what counts as alike. Pure, so that
 * live matching, replay and tests run the very same code.
 */
package io.twinstream.match;
