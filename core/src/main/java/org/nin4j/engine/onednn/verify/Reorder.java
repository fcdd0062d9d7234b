package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Shape;

/**
 * The same numbers in another layout or type; divided by scales where they become integers.
 *
 * @param scales how many there are: 0, 1, or one for each index of the first extent
 */
public record Reorder(Shape shape, int scales) implements PrimitiveCheck {
  /** RandomIntegers that every type holds, integers of 8 bits with and without sign. */
  private static final int LARGEST = 100;

  @Override
  public List<Operand> operands() {
    List<Operand> operands = new ArrayList<>();
    operands.add(Operand.input(MemoryArgument.SRC, shape));
    if (scales > 0) {
      operands.add(Operand.input(MemoryArgument.DST_SCALE, scales));
    }
    operands.add(Operand.output(MemoryArgument.DST, shape));
    return operands;
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("reorder").add(scales).add(shape);
  }

  @Override
  public Optional<String> run(Execution execution) {
    RandomIntegers numbers = new RandomIntegers(0);
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    int inner = src.capacity() / Math.max(1, scales);
    for (int i = 0; i < Math.max(1, scales); i++) {
      float scale = 1 + i % 2;
      numbers.fill(src, i * inner, (i + 1) * inner, 0.75, LARGEST, scale);
      if (scales > 0) {
        execution.values(MemoryArgument.DST_SCALE).put(i, scale);
      }
    }
    execution.run();
    FloatBuffer dst = execution.values(MemoryArgument.DST);
    for (int i = 0; i < dst.capacity(); i++) {
      float expected = scales == 0 ? src.get(i) : src.get(i) / (1 + i / inner % 2);
      if (dst.get(i) != expected) {
        return Optional.of(
            Mismatch.at(MemoryArgument.DST, Mismatch.index(i, shape), dst.get(i), expected));
      }
    }
    return Optional.empty();
  }
}
