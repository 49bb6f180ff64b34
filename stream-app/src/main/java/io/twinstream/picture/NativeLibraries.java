package io.twinstream.picture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/**
 * OpenCV's native libraries, loaded once, by whoever comes first.
 *
 * <p>On Linux they are loaded one by one from here. JavaCPP's own loader would also load what no
 * decoder uses, and OpenBLAS twice: it takes four times as long and twice the memory.
 */
final class NativeLibraries {
  /** Each after those that it needs. Not every platform has all; the last ones tell. */
  private static final List<String> ON_LINUX =
      List.of(
          "openblas/%s/libquadmath.so.0",
          "openblas/%s/libgfortran.so.5",
          "openblas/%s/libopenblas.so.0",
          "opencv/%s/libopencv_core.so.413",
          "opencv/%s/libopencv_imgproc.so.413",
          "opencv/%s/libopencv_imgcodecs.so.413",
          "javacpp/%s/libjnijavacpp.so",
          "opencv/%s/libjniopencv_core.so",
          "opencv/%s/libjniopencv_imgproc.so",
          "opencv/%s/libjniopencv_imgcodecs.so");

  /**
   * JavaCPP's own care for memory is off: every pointer is closed here, and its limit would compare
   * the size of the whole process, RocksDB's and Kafka's included, with Java's heap.
   */
  private static final Map<String, String> JAVACPP =
      Map.of(
          "org.bytedeco.javacpp.nopointergc", "true",
          "org.bytedeco.javacpp.maxbytes", "0",
          "org.bytedeco.javacpp.maxphysicalbytes", "0");

  /** The libraries read them when they are loaded, and there is no other way to tell them. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("OPENCV_LOG_LEVEL", "SILENT", "OPENBLAS_NUM_THREADS", "1");

  /** Where an app has the libraries as files. */
  private static final Path INSTALLED = installed();

  static {
    JAVACPP.forEach(NativeLibraries::setPropertyIfAbsent);
    ENVIRONMENT.forEach(NativeLibraries::setVariableIfAbsent);
    try {
      String platform = Loader.getPlatform();
      if (platform.startsWith("linux-")) {
        setPropertyIfAbsent("org.bytedeco.javacpp.loadlibraries", "false");
        for (String library : ON_LINUX) {
          load("org/bytedeco/" + library.formatted(platform));
        }
      } else {
        Loader.load(opencv_imgcodecs.class);
      }
      // Pictures are decoded side by side; a pool for each of them would only be in the way.
      opencv_core.setNumThreads(1);
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "OpenCV's native libraries can't be loaded (%s); from jars they are unpacked into"
                  .formatted(e.getMessage())
              + " ~/.javacpp/cache or into the folder that -Dorg.bytedeco.javacpp.cachedir names:"
              + " it must be one that can be written to and that programs may be run from",
          e);
    }
  }

  private NativeLibraries() {}

  /**
   * Returns when they are there. Processes that start at once unpack them one after the other.
   *
   * @throws LinkageError if they can't be loaded, which won't change as long as the process lives
   */
  static void load() {
    // The initialiser above has done it.
  }

  @SuppressWarnings("restricted")
  private static void load(String library) throws IOException {
    Path installed = INSTALLED.resolve(library);
    if (Files.exists(installed)) {
      System.load(installed.toString());
      return;
    }
    URL packed = NativeLibraries.class.getResource("/" + library);
    if (packed != null) {
      System.load(Loader.cacheResource(packed).getPath());
    }
  }

  /** Beside the jar that this class is in; elsewhere there is no such folder. */
  private static Path installed() {
    URL here = NativeLibraries.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(here.toString())).resolveSibling("natives");
  }

  private static void setPropertyIfAbsent(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }

  @SuppressWarnings("restricted")
  private static void setVariableIfAbsent(String name, String value) {
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
      int _ = (int) call.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 0);
    } catch (Throwable e) {
      throw new IllegalStateException("the environment can't be written to", e);
    }
  }
}
