/** The contract as bytes: JSON on public topics, Smile (binary JSON) on internal ones. */
package io.twinstream.schema.serde;
