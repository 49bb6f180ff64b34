package io.twinstream.picture;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** OpenCV's native libraries, loaded once, by whoever comes first. */
final class NativeLibraries {
  /**
   * JavaCPP's own care for memory is off: every pointer is closed here, and its limit would compare
   * the size of the whole process, RocksDB's and Kafka's included, with Java's heap.
   */
  private static final Map<String, String> JAVACPP =
      Map.of(
          "org.bytedeco.javacpp.nopointergc", "true",
          "org.bytedeco.javacpp.maxbytes", "0",
          "org.bytedeco.javacpp.maxphysicalbytes", "0");

  /** They are read once, by the libraries' initialisers, and nowhere else can one say so. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("OPENCV_LOG_LEVEL", "SILENT", "OPENBLAS_NUM_THREADS", "1");

  static {
    JAVACPP.forEach((name, value) -> {
      if (System.getProperty(name) == null) {
        System.setProperty(name, value);
      }
    });
    ENVIRONMENT.forEach(NativeLibraries::setIfAbsent);
    try {
      Loader.load(opencv_imgcodecs.class);
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "the native libraries of OpenCV can't be loaded; they are unpacked into ~/.javacpp/cache"
              + " or into the folder that -Dorg.bytedeco.javacpp.cachedir names, which must be one"
              + " that can be written to and that programs may be run from",
          e);
    }
    // Pictures are decoded side by side; a pool for each of them would only be in the way.
    opencv_core.setNumThreads(1);
  }

  private NativeLibraries() {}

  /**
   * Returns when they are there.
   *
   * @throws LinkageError if they can't be loaded, which won't change as long as the process lives
   */
  static void load() {
    // The initialiser above has done it.
  }

  @SuppressWarnings("restricted")
  private static void setIfAbsent(String name, String value) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment setenv = linker.defaultLookup().findOrThrow("setenv");
      MethodHandle call =
          linker.downcallHandle(
              setenv,
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      int _ =
          (int) call.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (Throwable e) {
      throw new IllegalStateException("the environment can't be written to", e);
    }
  }
}
