package io.twinstream.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every source file is as google-java-format writes it, imports included. A test and no Maven
 * plugin because the formatter uses the compiler's parser, and Maven may run on a JDK whose
 * compiler is too old for our sources. {@code -Dformat=apply} rewrites the files instead of
 * complaining.
 */
class SourceFormatTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final boolean APPLY = "apply".equals(System.getProperty("format"));

  private final Formatter formatter = new Formatter();

  @Test
  void everySourceFileIsFormatted() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).as("source files below %s", PROJECT).isNotEmpty();

    List<Path> misshapen = new ArrayList<>();
    for (Path source : sources) {
      String text = Files.readString(source);
      String formatted = format(source, text);
      if (APPLY && !formatted.equals(text)) {
        Files.writeString(source, formatted);
      } else if (!formatted.equals(text)) {
        misshapen.add(PROJECT.relativize(source));
      }
    }

    assertThat(misshapen).as("files that .ci/format would change; run it").isEmpty();
  }

  private String format(Path source, String text) {
    try {
      return formatter.formatSourceAndFixImports(text);
    } catch (FormatterException e) {
      throw new AssertionError("the formatter can't read " + source, e);
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    // Modules lie in the project's folder or in a folder of it.
    try (Stream<Path> poms = Files.find(PROJECT, 3, (path, _) -> path.endsWith("pom.xml"))) {
      for (Path root :
          poms.map(pom -> pom.resolveSibling("src")).filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.walk(root)) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
        }
      }
    }
    return sources;
  }
}
