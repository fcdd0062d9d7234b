package org.nin4j.interchange.numpy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * An array of 32-bit floats in memory, as {@code .npy} files hold them: for exchange with Python.
 *
 * <pre>{@code
 * NpyArray images = NpyArray.read(Path.of("images.npy")); // np.save("images.npy", images)
 * new NpyArray(List.of(2L, 10L), logits).write(Path.of("logits.npy")); // np.load("logits.npy")
 * }</pre>
 *
 * <p>{@link NpyReader} and {@link NpyWriter} do the same piece by piece.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     specification of the format</a>
 */
public final class NpyArray {
  private final List<Long> dims;
  private final float[] values;

  /**
   * Creates an array.
   *
   * @param dims the extents, outermost first, each at least 0; empty for a scalar
   * @param values the values in row-major order; not copied
   * @throws IllegalArgumentException when the number of values is not the product of the extents,
   *     or there are more than 64 extents
   */
  public NpyArray(List<Long> dims, float[] values) {
    this.dims = List.copyOf(dims);
    this.values = values;
    long elements = NpyWriter.elements(dims);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "an array of shape " + dims + " has " + elements + " values, but got " + values.length);
    }
  }

  /**
   * Reads a file whole. Half and double precision and 8-bit integers become 32-bit floats.
   *
   * @param file a regular file
   * @return the array; of a scalar without extents
   * @throws InvalidFileException when the file is no such array: it holds Python objects, records,
   *     text, other integers or complex numbers, is damaged, or does not fit into memory
   * @throws IOException when the file is missing or cannot be read
   */
  public static NpyArray read(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    ArraySource source = ArraySource.of(file);
    try (InputStream in = new BufferedInputStream(FileErrors.open(file), 1 << 16)) {
      NpyHeader header = NpyHeaderReader.read(source, in, Files.size(file));
      return new NpyArray(header.dims(), new NpyElements(source, header, in).all());
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    } catch (OutOfMemoryError e) {
      throw new InvalidFileException(
          file,
          "does not fit into Java's memory of "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB; read it in parts (NpyReader), or give Java more memory with -Xmx",
          e);
    }
  }

  /**
   * Writes the array to a file, or replaces the file in one step. Its bytes are those that NumPy's
   * {@code np.save} writes for the same array.
   *
   * @param target the file; its folder must exist
   * @throws IOException when the file cannot be written: one sentence that starts with the path
   */
  public void write(Path target) throws IOException {
    NpyWriter.write(target, dims, out -> out.write(values, 0, values.length));
  }

  /** {@return the extents, outermost first, each at least 0; empty for a scalar} */
  public List<Long> dims() {
    return dims;
  }

  /** {@return the values in row-major order; not a copy} */
  public float[] values() {
    return values;
  }
}
