package org.nin4j.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The tensors of an open file, whatever its format. What the file says of them was checked when it
 * was opened: every tensor lies within the file and has at most 2^31 - 9 elements of a type that
 * {@link Dtype#readsAsFloat reads as floats}, or is one that no network uses, such as a counter;
 * and the values of all tensors together take little more memory than the file has bytes, also
 * where tensors may share bytes or are compressed. Values are read one tensor at a time.
 */
public interface TensorSource extends Closeable {
  /** {@return the file, for messages} */
  Path file();

  /** {@return the texts that the file holds besides, in its order; empty where there are none} */
  Map<String, String> metadata();

  /** {@return what the file says of each tensor, by name, in the file's order} */
  Map<String, TensorInfo> tensors();

  /**
   * Reads the values of a tensor.
   *
   * @param name a key of {@link #tensors}
   * @return the values in row-major order, a new array or one that the caller may keep; 64-bit
   *     floats lose digits
   * @throws org.nin4j.error.InvalidFileException when the values are damaged, or of a type that
   *     does not read as floats
   * @throws IOException when the file cannot be read
   */
  float[] floats(String name) throws IOException;

  @Override
  void close() throws IOException;
}
