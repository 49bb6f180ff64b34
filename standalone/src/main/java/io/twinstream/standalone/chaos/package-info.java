/**
 * Proves the promises by breaking things: real brokers and instances are killed, paused and starved
 * while images come in, and in the end every verdict has to be there once and be right.
 */
package io.twinstream.standalone.chaos;
