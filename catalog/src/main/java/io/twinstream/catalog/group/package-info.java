/** Groups of images that are alike. Pure. */
package io.twinstream.catalog.group;
