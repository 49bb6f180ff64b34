/**
 * Invented pictures, a function of their seeds and nothing else: no clock, no installed fonts, no
 * files. What becomes of a picture afterwards lies elsewhere.
 */
package io.twinstream.sample.scene;
