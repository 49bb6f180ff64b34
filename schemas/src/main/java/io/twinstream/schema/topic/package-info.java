/** The topics of the contract: their names, their settings, and their creation on a cluster. */
package io.twinstream.schema.topic;
