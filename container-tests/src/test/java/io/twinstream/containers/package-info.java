/** The images and the compose file, run for real. Without a container engine these are skipped. */
package io.twinstream.containers;
