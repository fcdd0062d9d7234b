package org.nin4j.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;

/**
 * What every reader must do with any bytes: read them, or refuse them with the exception that it
 * documents and one sentence that starts with their source. Anything else that it throws is a
 * defect, and so is memory that runs out, even if a reader tells of it in words.
 */
public final class Untrusted {
  private static final String SOURCE = "the text";
  private static final int LONGEST_MESSAGE = 2000;

  private Untrusted() {}

  /**
   * Reads a file.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface FileReader<T> {
    /**
     * Reads the file.
     *
     * @param file an existing file
     * @return what it holds
     * @throws IOException when it is refused
     */
    T read(Path file) throws IOException;
  }

  /**
   * Reads a text.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  public interface TextReader<T> {
    /**
     * Reads the text.
     *
     * @param text any text
     * @param source what messages call it
     * @return what it says
     */
    T read(String text, String source);
  }

  /**
   * Reads bytes as a file.
   *
   * @param file written first
   * @return what was read; empty when the file was refused
   * @throws IOException when it was refused in another way than {@link InvalidFileException}
   */
  public static <T> Optional<T> file(Path file, byte[] bytes, FileReader<T> reader)
      throws IOException {
    Files.write(file, bytes);
    try {
      return Optional.of(reader.read(file));
    } catch (InvalidFileException e) {
      requireSentence(file.toString(), e);
      return Optional.empty();
    }
  }

  /**
   * Reads bytes as a text in UTF-8.
   *
   * @return what was read; empty when the text was refused with an {@link IllegalArgumentException}
   */
  public static <T> Optional<T> text(byte[] bytes, TextReader<T> reader) {
    try {
      return Optional.of(reader.read(new String(bytes, StandardCharsets.UTF_8), SOURCE));
    } catch (IllegalArgumentException e) {
      requireSentence(SOURCE, e);
      return Optional.empty();
    }
  }

  /**
   * Requires that an exception tells a person what is wrong.
   *
   * @param source what its message starts with
   */
  public static void requireSentence(String source, Exception refusal) {
    String message = refusal.getMessage();
    if (message == null
        || !message.startsWith(source + ": ")
        || message.length() < source.length() + 10
        || message.length() > LONGEST_MESSAGE
        || message.chars().anyMatch(Character::isISOControl)) {
      throw new AssertionError("not one sentence that starts with its source: " + message, refusal);
    }
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        throw new AssertionError("ran out of memory: " + message, refusal);
      }
    }
  }
}
