package org.nin4j.interchange.numpy;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;
import org.nin4j.io.Dtype;
import org.nin4j.io.FileDescription;

/**
 * Reads an array from a {@code .npy} file slice by slice along its first axis, so that one of any
 * size (N, C, H, W) can be read in batches. {@link NpyArray} reads it whole.
 *
 * <pre>{@code
 * try (NpyReader in = NpyReader.open(Path.of("images.npy"))) {
 *   float[] batch = new float[64 * 3 * 32 * 32];
 *   for (int n = in.read(batch, 64); n > 0; n = in.read(batch, 64)) {
 *     // the first n x 3 x 32 x 32 values of batch
 *   }
 * }
 * }</pre>
 *
 * <p>Format versions 1.0 to 3.0, both byte orders and Fortran's order of elements are read; the
 * values come in row-major order whatever the file's. Python objects and records are refused.
 */
public final class NpyReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final ArraySource source;
  private final NpyHeader header;

  /** At the next slice, while elements come in row-major order. */
  private final InputStream in;

  private long next; // index of the next slice

  private NpyReader(ArraySource source, NpyHeader header, InputStream in) {
    this.source = source;
    this.header = header;
    this.in = in;
  }

  /**
   * Opens a file and reads what it says of its array.
   *
   * @param file a regular file
   * @return a reader before the first slice, which the caller closes
   * @throws InvalidFileException when the file is no array of numbers, holds Python objects or
   *     records, or does not have the size that its shape asks for
   * @throws IOException when the file is missing or cannot be read
   */
  public static NpyReader open(Path file) throws IOException {
    FileErrors.requireRegularFile(file);
    ArraySource source = ArraySource.of(file);
    InputStream in = FileErrors.open(file);
    try {
      NpyHeader header = NpyHeaderReader.read(source, in, Files.size(file));
      if (header.type().dtype().isEmpty()) {
        throw source.invalid("holds text, not numbers; name another file");
      }
      return new NpyReader(source, header, in);
    } catch (IOException e) {
      in.close();
      throw FileErrors.reading(file, e);
    } catch (RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /** {@return the extents, outermost first, each at least 0; empty for a scalar} */
  public List<Long> dims() {
    return header.dims();
  }

  /** {@return the type of the elements in the file} */
  public Dtype dtype() {
    return header.type().dtype().orElseThrow();
  }

  /**
   * Reads the next slices of the first axis. A scalar is one slice of one value.
   *
   * @param target receives the slices one after the other, each in row-major order, from index 0;
   *     64-bit floats lose digits
   * @param most how many slices to read, at least 1; fewer are read at the array's end
   * @return how many were read; 0 at the end
   * @throws IllegalArgumentException when that many slices do not fit into the target
   * @throws InvalidFileException when the elements are not of a type that {@link Dtype#readsAsFloat
   *     reads as floats}
   * @throws IOException when the file cannot be read
   */
  public int read(float[] target, int most) throws IOException {
    int rows = (int) Math.min(most, header.rows() - next);
    if (most < 1 || (rows > 0 && header.rowElements() > target.length / rows)) {
      throw new IllegalArgumentException(
          "an array of "
              + target.length
              + " values cannot take "
              + most
              + " slices of "
              + header.shown());
    }
    try {
      if (rows > 0) {
        readRows(rows, target);
      }
    } catch (IOException e) {
      throw FileErrors.reading(source.file(), e);
    }
    next += rows;
    return rows;
  }

  private void readRows(int rows, float[] target) throws IOException {
    if (NpyElements.inOrder(header)) {
      NpyElements elements = new NpyElements(source, header, in);
      elements.next(target, 0, (int) (rows * header.rowElements()));
      return;
    }
    // Slices lie scattered over the whole file: small steps are read through, large ones skipped.
    int size = header.type().bytes();
    int buffer =
        header.rows() * size <= BUFFER ? BUFFER : (int) Math.min((long) rows * size, BUFFER);
    try (InputStream again = new BufferedInputStream(FileErrors.open(source.file()), buffer)) {
      again.skipNBytes(header.bytes());
      new NpyElements(source, header, again).fortranRows(next, rows, target);
    }
  }

  /** Describes the file: one tensor, which has the file's name as it has none of its own. */
  FileDescription description(String format) {
    String name = source.file().getFileName().toString().replaceFirst("\\.npy$", "");
    String order = header.fortranOrder() ? "first index fastest (Fortran)" : "row-major (C)";
    return new FileDescription(
        format, Map.of("order", order), Map.of(), List.of(header.info(name)), List.of());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
