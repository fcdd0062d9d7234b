package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Shape;

/** dst = src times a mask of the same extents, in place. */
public record MaskProduct(Shape shape) implements PrimitiveCheck {
  @Override
  public List<Operand> operands() {
    return List.of(
        Operand.input(MemoryArgument.SRC, shape),
        Operand.input(MemoryArgument.SRC_1, shape),
        Operand.output(MemoryArgument.DST, shape).inPlaceOf(MemoryArgument.SRC));
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("mask product").add(shape);
  }

  @Override
  public Optional<String> run(Execution execution) {
    RandomIntegers numbers = new RandomIntegers(0);
    FloatBuffer src = execution.values(MemoryArgument.SRC);
    FloatBuffer mask = execution.values(MemoryArgument.SRC_1);
    numbers.fillSigned(src, 0.75, 8);
    numbers.fill(mask, 0, mask.capacity(), 0.5, 3, 1);
    execution.run();
    FloatBuffer dst = execution.values(MemoryArgument.DST);
    for (int i = 0; i < dst.capacity(); i++) {
      float expected = src.get(i) * mask.get(i);
      if (dst.get(i) != expected) {
        return Optional.of(
            Mismatch.at(MemoryArgument.DST, Mismatch.index(i, shape), dst.get(i), expected));
      }
    }
    return Optional.empty();
  }
}
