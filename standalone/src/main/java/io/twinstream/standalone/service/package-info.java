/** The parts as services of their own, against a cluster that somebody else runs. */
package io.twinstream.standalone.service;
