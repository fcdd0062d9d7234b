package org.nin4j.interchange.numpy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.internal.AtomicFile;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.TensorInfo;

/**
 * Writes an array of 32-bit floats to a {@code .npy} file piece by piece, so that it need not fit
 * into memory. {@link NpyArray} writes it whole.
 *
 * <pre>{@code
 * NpyWriter.write(
 *     Path.of("logits.npy"),
 *     List.of(1000L, 10L),
 *     out -> {
 *       for (float[] batch : batches) {
 *         out.write(batch, 0, batch.length);
 *       }
 *     });
 * }</pre>
 */
public final class NpyWriter {
  /** What is to be written. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all values of the array.
     *
     * @param out takes them in row-major order
     * @throws IOException when they cannot be written
     */
    void writeTo(NpyWriter out) throws IOException;
  }

  private final OutputStream out;
  private final Dtype dtype;
  private final List<Long> dims;
  private long left;

  /**
   * Writes the header.
   *
   * @param dtype F32, or I8 or U8 for integers in their range
   */
  NpyWriter(OutputStream out, Dtype dtype, List<Long> dims) throws IOException {
    this.out = out;
    this.dtype = dtype;
    this.dims = dims;
    left = elements(dims);
    out.write(NpyHeaderText.bytes(NpyType.descr(dtype), dims));
  }

  /**
   * Writes a file, or replaces it in one step: after a crash or an error it holds the old content
   * or the new, never a part. Its bytes are those that NumPy's {@code np.save} writes for the same
   * array.
   *
   * @param target the file; its folder must exist
   * @param dims the extents, outermost first, each at least 0; empty for a scalar
   * @param content writes as many values as the array has; what it throws is thrown
   * @throws IllegalArgumentException when an extent is negative, or there are more than 64
   * @throws IllegalStateException when the content has written fewer values than the array has, or
   *     writes more
   * @throws IOException when the file cannot be written: one sentence that starts with the path
   */
  public static void write(Path target, List<Long> dims, Content content) throws IOException {
    elements(dims);
    AtomicFile.write(
        target,
        out -> {
          NpyWriter writer = new NpyWriter(out, Dtype.F32, List.copyOf(dims));
          content.writeTo(writer);
          writer.finish();
        });
  }

  /** The number of elements. */
  static long elements(List<Long> dims) {
    if (dims.size() > NpyHeader.MOST_DIMS) {
      throw new IllegalArgumentException(
          "an array may have " + NpyHeader.MOST_DIMS + " extents in NumPy, but got " + dims.size());
    }
    try {
      return new TensorInfo("array", Dtype.F32, dims).elements();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a shape of " + dims + " has too many elements", e);
    }
  }

  /**
   * Writes the next values.
   *
   * @param values holds them in row-major order
   * @param from index of the first
   * @param count how many, at least 0
   * @throws IllegalStateException when these are more than the array has
   * @throws IOException when they cannot be written
   */
  public void write(float[] values, int from, int count) throws IOException {
    left -= count;
    if (left < 0) {
      throw new IllegalStateException(
          "an array of shape " + dims + " has " + -left + " values fewer than were written");
    }
    Floats.write(out::write, dtype, values, from, count);
  }

  /** Checks that all values were written. */
  void finish() {
    if (left > 0) {
      throw new IllegalStateException(
          "an array of shape " + dims + " has " + left + " values more than were written");
    }
  }
}
