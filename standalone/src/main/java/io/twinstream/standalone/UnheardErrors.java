package io.twinstream.standalone;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;

/**
 * Keeps off the terminal what native libraries print to it: libjpeg has a word for every damaged
 * file, and no way to be told not to. Workers need none of it, since their output is read.
 */
final class UnheardErrors {
  private static final int STANDARD_ERROR = 2;

  /** Of {@code fcntl.h}, on Linux and on macOS. */
  private static final int WRITE_ONLY = 1;

  private static final MethodHandle OPEN =
      function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle DUP = function("dup", ValueLayout.JAVA_INT);
  private static final MethodHandle DUP2 =
      function("dup2", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
  private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT);

  private UnheardErrors() {}

  /**
   * Does some work while nothing that is printed to this process's standard error is seen, Java's
   * own words included. Not for several threads at once.
   */
  static <T> T during(Supplier<T> work) {
    int kept = call(DUP, STANDARD_ERROR);
    try (Arena arena = Arena.ofConfined()) {
      int nowhere = call(OPEN, arena.allocateFrom("/dev/null"), WRITE_ONLY);
      call(DUP2, nowhere, STANDARD_ERROR);
      call(CLOSE, nowhere);
      return work.get();
    } finally {
      call(DUP2, kept, STANDARD_ERROR);
      call(CLOSE, kept);
    }
  }

  private static int call(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("the standard error can't be redirected", e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, ValueLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    return linker.downcallHandle(address, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }
}
