package io.twinstream.ingest.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The path of a file below its root, with slashes. It is taken from the file's URI, which has the
 * bytes of the name: a {@link Path} as text depends on the locale that Java was started in.
 */
final class RelativeName {
  private final byte[] bytes;

  private RelativeName(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of a path below the root; both as {@link Path#toUri} gives them. */
  static RelativeName of(URI root, URI path) {
    String parent = root.getRawPath();
    int start = parent.endsWith("/") ? parent.length() : parent.length() + 1;
    String escaped = path.getRawPath().substring(start);
    return new RelativeName(
        unescape(escaped.endsWith("/") ? escaped.substring(0, escaped.length() - 1) : escaped));
  }

  /**
   * Of a path below the root, without a look at the file system where the name is ASCII: such a
   * text is the same in every locale, and a URI asks whether it is a folder.
   *
   * @param root the root as {@code rootUri}, and as the start of {@code path}
   */
  static RelativeName of(Path root, URI rootUri, Path path) {
    String text = root.relativize(path).toString();
    return text.chars().allMatch(c -> c < 0x80)
        ? new RelativeName(
            text.replace(path.getFileSystem().getSeparator(), "/").getBytes(US_ASCII))
        : of(rootUri, path.toUri());
  }

  private static byte[] unescape(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    int i = 0;
    while (i < escaped.length()) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 3;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
        i++;
      }
    }
    return bytes.toByteArray();
  }

  /** As text; empty if the bytes are not UTF-8. */
  Optional<String> text() {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** As text for a person, whatever the bytes are. */
  String legible() {
    return new String(bytes, UTF_8);
  }

  /** As the file system has it. */
  byte[] bytes() {
    return bytes.clone();
  }
}
