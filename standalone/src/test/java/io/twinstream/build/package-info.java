/** Gates of the whole project that are tests because they need the JDK it is built for. */
package io.twinstream.build;
