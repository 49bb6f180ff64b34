/**
 * From luma to perceptual hashes: shrinking, the algorithms by their names, PDQ, the hashes of a
 * picture turned and mirrored, and how much there is in a picture to hash. Pure: no files, no state
 * between pictures.
 */
package io.twinstream.hash;
