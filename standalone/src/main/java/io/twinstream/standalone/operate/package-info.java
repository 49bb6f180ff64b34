/**
 * What operators look at and do about fetching, on the topics: what waits, what is stopped, what is
 * tried again. It needs a cluster, and no running instance of the app.
 */
package io.twinstream.standalone.operate;
