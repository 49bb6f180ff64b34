package io.twinstream.worker;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a worker is started: the Java and the class path of this process, with flags of its own. */
final class WorkerCommand {
  /**
   * Flags of this process that workers get, too. Its start-up cache is not among them: with that
   * they took twice the memory and started no sooner.
   */
  private static final List<String> SHARED =
      List.of(
          "--enable-native-access",
          "--sun-misc-unsafe-memory-access",
          "--add-opens",
          "--add-exports",
          "-Djava.io.tmpdir=",
          "-Djava.library.path=",
          "-Dorg.bytedeco.");

  /**
   * Decoders work for strangers: of the environment they get what they need and no secrets, nor the
   * variables that Java takes flags from, which are meant for us.
   */
  private static final Set<String> ENVIRONMENT =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "TMPDIR",
          "LD_LIBRARY_PATH",
          "LD_PRELOAD",
          "MALLOC_ARENA_MAX",
          "DYLD_LIBRARY_PATH",
          Drill.VARIABLE);

  /** Java itself would begin with a 64th of the machine, and keep that. */
  private static final long FIRST_BYTES = 64 << 20;

  private static final long YOUNG_BYTES = 48 << 20;

  private final Path java;
  private final String mainClass;
  private final WorkerSettings settings;
  private final Map<String, String> extraEnvironment;

  /**
   * @param java the program
   * @param extraEnvironment more variables
   */
  WorkerCommand(
      Path java, String mainClass, WorkerSettings settings, Map<String, String> extraEnvironment) {
    this.java = java;
    this.mainClass = mainClass;
    this.settings = settings;
    this.extraEnvironment = extraEnvironment;
  }

  /** What is run outside of tests. */
  static WorkerCommand real(WorkerSettings settings) {
    return new WorkerCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        WorkerMain.class.getName(),
        settings,
        Map.of());
  }

  /**
   * Starts a process.
   *
   * @param socket that it is to connect to
   */
  Process start(Path socket) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line(socket)).redirectErrorStream(true);
    builder.environment().keySet().retainAll(ENVIRONMENT);
    // Not in the command line, which may be too short for it.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(extraEnvironment);
    return builder.start();
  }

  private List<String> line(Path socket) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms" + Math.min(FIRST_BYTES, settings.heapBytes()),
            "-Xmx" + settings.heapBytes(),
            // Room for some decoded pictures of the web: a tenth faster than what Java takes
            // itself.
            "-Xmn" + Math.min(YOUNG_BYTES, settings.heapBytes() / 4),
            // What a large picture has taken is given back at once.
            "-XX:-ShrinkHeapInSteps",
            "-XX:+ExitOnOutOfMemoryError",
            // What a crash has to say goes to our log, and no files pile up.
            "-XX:+ErrorFileToStderr",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> SHARED.stream().anyMatch(flag::startsWith))
        .forEach(line::add);
    line.add(mainClass);
    line.add(socket.toString());
    return line;
  }
}
