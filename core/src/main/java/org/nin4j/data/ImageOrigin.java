package org.nin4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.nin4j.error.InvalidFileException;

/**
 * Where the bytes of an image come from.
 *
 * @param name names them at the beginning of a message
 * @param file their file; empty for a stream
 */
record ImageOrigin(String name, Optional<Path> file) {
  static final ImageOrigin STREAM = new ImageOrigin("the stream", Optional.empty());
  static final ImageOrigin MEMORY = new ImageOrigin("the image", Optional.empty());

  static ImageOrigin of(Path file) {
    return new ImageOrigin(file.toString(), Optional.of(file));
  }

  /** Returns an exception that says what is wrong with the bytes. */
  InvalidFileException invalid(String complaint, Throwable cause) {
    return file.isPresent()
        ? new InvalidFileException(file.get(), complaint, cause)
        : InvalidFileException.in(name, OptionalLong.empty(), complaint, cause);
  }

  IOException tooLarge(OutOfMemoryError e) {
    return new IOException(
        name + ": is too large to be decoded in Java's memory; give it more with -Xmx", e);
  }
}
