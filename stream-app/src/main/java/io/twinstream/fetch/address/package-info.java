/**
 * Who may be asked: which addresses are read, which hosts, addresses and ports may be connected to,
 * and why not. A name is judged by how it is written, its addresses when it is looked up, and once
 * more when the connection is made. Each refusal names its {@link Rule}. Pure: no Kafka.
 */
package io.twinstream.fetch.address;
