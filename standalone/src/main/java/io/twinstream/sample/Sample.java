package io.twinstream.sample;

import java.nio.file.Path;

/**
 * What was painted.
 *
 * @param folder where it lies
 * @param truth the file that says which pictures are duplicates
 * @param images all pictures, copies included
 * @param groups groups of duplicates
 * @param copies pictures that are a duplicate of an original
 * @param hardNegatives pairs that only look alike
 * @param bytes the size of all pictures
 */
public record Sample(
    Path folder, Path truth, int images, int groups, int copies, int hardNegatives, long bytes) {}
