package org.nin4j.error;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that was read but does not hold what it should: it is damaged, truncated, of another
 * format, or its parts contradict each other. The message is one sentence that starts with the file
 * and says what to do.
 *
 * <p>A file that is missing, a folder, or may not be read is reported by the exceptions of {@code
 * java.nio.file} instead.
 */
public class InvalidFileException extends IOException {
  private static final long serialVersionUID = 1;
  private static final long UNKNOWN = -1;

  /** What the message starts with: the path, or what else the bytes are called. */
  private final String source;

  private final transient Path file; // paths cannot be serialized

  /** Bytes from the start of the file, or -1 where the offset is not known. */
  private final long offset;

  /**
   * Creates an exception about a file as a whole.
   *
   * @param file the file
   * @param complaint the rest of the sentence, without the file
   * @param cause null when there is none
   */
  public InvalidFileException(Path file, String complaint, Throwable cause) {
    this(file.toString(), file, UNKNOWN, file + ": " + complaint, cause);
  }

  /**
   * Creates an exception about an offset in a file.
   *
   * @param file the file
   * @param offset in bytes from the start of the file, from 0
   * @param complaint the rest of the sentence, without the file
   * @param cause null when there is none
   */
  public InvalidFileException(Path file, long offset, String complaint, Throwable cause) {
    this(file.toString(), file, offset, file + ": " + complaint, cause);
  }

  private InvalidFileException(
      String source, Path file, long offset, String message, Throwable cause) {
    super(message, cause);
    this.source = source;
    this.file = file;
    this.offset = offset;
  }

  /**
   * Creates an exception whose message is a whole sentence already.
   *
   * @param file the file
   * @param message starts with the file
   * @param cause null when there is none
   * @return the exception
   */
  public static InvalidFileException saying(Path file, String message, Throwable cause) {
    return new InvalidFileException(file.toString(), file, UNKNOWN, message, cause);
  }

  /**
   * Creates an exception about bytes that have no path, such as those of a resource.
   *
   * @param source names them in messages
   * @param offset in bytes from the start, from 0; empty when it is not known
   * @param complaint the rest of the sentence, without the source
   * @param cause null when there is none
   * @return the exception
   */
  public static InvalidFileException in(
      String source, OptionalLong offset, String complaint, Throwable cause) {
    return new InvalidFileException(
        source, null, offset.orElse(UNKNOWN), source + ": " + complaint, cause);
  }

  /** {@return what the message starts with: the path, or what else the bytes are called} */
  public String source() {
    return source;
  }

  /**
   * {@return the file; empty for bytes without a path, and in a copy that came by serialization}
   */
  public Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /**
   * {@return the offset of the defect in bytes from the start of the file (of its decompressed
   * content, if it is gzipped), where one is known} For JSON, line and column are in the message
   * instead.
   */
  public OptionalLong offset() {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }
}
