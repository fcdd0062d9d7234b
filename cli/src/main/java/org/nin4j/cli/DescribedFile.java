package org.nin4j.cli;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.function.ToLongFunction;
import org.nin4j.io.FileDescription;
import org.nin4j.io.TensorInfo;

/**
 * A file and what it says of itself.
 *
 * @param bytes the size of the file
 */
record DescribedFile(Path file, long bytes, FileDescription description) {

  /** Returns a sum over all tensors, which may be more than 64 bits in a hostile file. */
  BigInteger total(ToLongFunction<TensorInfo> size) {
    return description.tensors().stream()
        .map(tensor -> BigInteger.valueOf(size.applyAsLong(tensor)))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
