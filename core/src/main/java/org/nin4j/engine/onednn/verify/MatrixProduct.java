package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** dst(row, column) = sum over k of src(row, k) weights(k, column), in fp32. */
public record MatrixProduct(int rows, int inner, int columns) implements PrimitiveCheck {
  private static final double SHARE = 0.5;
  private static final int LARGEST = 2;

  @Override
  public List<Operand> operands() {
    return List.of(
        Operand.input(MemoryArgument.SRC, rows, inner),
        Operand.input(MemoryArgument.WEIGHTS, inner, columns),
        Operand.output(MemoryArgument.DST, rows, columns));
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("matrix product").add(rows).add(inner).add(columns);
  }

  @Override
  public Optional<String> run(Execution execution) {
    RandomIntegers numbers = new RandomIntegers(0);
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    numbers.fillSigned(src, SHARE, LARGEST);
    numbers.fillSigned(execution.values(MemoryArgument.WEIGHTS), SHARE, LARGEST);
    execution.run();
    long[] factors = numbers.factors(columns);
    long[] weights = Checksums.over(execution.values(MemoryArgument.WEIGHTS), inner, factors);
    FloatBuffer dst = execution.values(MemoryArgument.DST);
    for (int row = 0; row < rows; row++) {
      long difference = 0;
      for (int k = 0; k < inner; k++) {
        difference += weights[k] * (long) src.get(row * inner + k);
      }
      boolean whole = true;
      for (int column = 0; column < columns; column++) {
        long value = RandomIntegers.whole(dst.get(row * columns + column), 1);
        whole &= value != RandomIntegers.NONE;
        difference -= factors[column] * value;
      }
      if (!whole || difference != 0) {
        return Optional.of(locate(execution, row));
      }
    }
    return Optional.empty();
  }

  private String locate(Execution execution, int row) {
    for (int column = 0; column < columns; column++) {
      double sum = 0;
      for (int k = 0; k < inner; k++) {
        sum +=
            (double) execution.values(MemoryArgument.SRC).get(row * inner + k)
                * execution.values(MemoryArgument.WEIGHTS).get(k * columns + column);
      }
      float actual = execution.values(MemoryArgument.DST).get(row * columns + column);
      if (actual != sum) {
        return Mismatch.at(MemoryArgument.DST, new int[] {row, column}, actual, sum);
      }
    }
    throw new IllegalStateException("the checksums differ, but no value does");
  }
}
