package org.nin4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/** Reads a file of YAML or JSON. JSON is YAML too, so both are read in the same way. */
final class YamlFile {
  private static final int LARGEST_FILE = 1 << 20;
  private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

  private YamlFile() {}

  /** Returns whether a text is the name of a YAML or JSON file, rather than another name. */
  static boolean isNamed(String text) {
    return EXTENSIONS.stream().anyMatch(text.toLowerCase(Locale.ROOT)::endsWith);
  }

  /**
   * Reads a file of at most 1 MiB in UTF-8.
   *
   * @return JSON text of one object, for a reader that checks its fields
   * @throws InvalidFileException if it is not YAML that JSON can express; the message names the
   *     line and the column
   * @throws IOException if the file is missing or cannot be read
   */
  static String read(Path file) throws IOException {
    String text = text(file);
    try {
      return new YamlToJson(text).convert();
    } catch (YamlDefect e) {
      throw new InvalidFileException(file, e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = FileErrors.open(file)) {
      bytes = in.readNBytes(LARGEST_FILE + 1);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
    if (bytes.length > LARGEST_FILE) {
      throw new InvalidFileException(
          file, "it is larger than the 1 MiB that may be read; name another file", null);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidFileException(file, "it is not UTF-8 text; save it as UTF-8", e);
    }
  }
}
