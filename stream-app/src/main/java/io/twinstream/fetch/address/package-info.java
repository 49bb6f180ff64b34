/**
 * Which hosts, addresses and ports may be connected to. A name is judged by how it is written, an
 * address when it is resolved and once more when the connection is made.
 */
package io.twinstream.fetch.address;
