/**
 * Which hosts, addresses and ports may be connected to. A name is judged by how it is written, each
 * address that DNS gave for it at the moment when the connection is made.
 */
package io.twinstream.fetch.address;
