/** What can be measured on the machine of whoever asks. */
package io.twinstream.standalone.bench;
