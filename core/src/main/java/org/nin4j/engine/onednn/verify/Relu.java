package org.nin4j.engine.onednn.verify;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Shape;

/**
 * max(0, src) in place; backward, from its output, diffDst where dst is positive and 0 elsewhere,
 * in place.
 */
public record Relu(boolean backward, Shape shape) implements PrimitiveCheck {
  @Override
  public List<Operand> operands() {
    return backward
        ? List.of(
            Operand.input(MemoryArgument.DST, shape),
            Operand.input(MemoryArgument.DIFF_DST, shape),
            Operand.output(MemoryArgument.DIFF_SRC, shape).inPlaceOf(MemoryArgument.DIFF_DST))
        : List.of(
            Operand.input(MemoryArgument.SRC, shape),
            Operand.output(MemoryArgument.DST, shape).inPlaceOf(MemoryArgument.SRC));
  }

  @Override
  public void identify(Fingerprint fingerprint) {
    fingerprint.add("relu").add(backward ? 1 : 0).add(shape);
  }

  @Override
  public Optional<String> run(Execution execution) {
    RandomIntegers numbers = new RandomIntegers(0);
    FloatBuffer sign = execution.values(backward ? MemoryArgument.DST : MemoryArgument.SRC);
    FloatBuffer source = execution.values(backward ? MemoryArgument.DIFF_DST : MemoryArgument.SRC);
    numbers.fillSigned(source, 0.75, 8);
    if (backward) {
      numbers.fill(sign, 0, sign.capacity(), 0.5, 2, 1);
    }
    execution.run();
    MemoryArgument result = backward ? MemoryArgument.DIFF_SRC : MemoryArgument.DST;
    FloatBuffer values = execution.values(result);
    for (int i = 0; i < values.capacity(); i++) {
      float expected = sign.get(i) > 0 ? source.get(i) : 0;
      if (values.get(i) != expected) {
        return Optional.of(Mismatch.at(result, Mismatch.index(i, shape), values.get(i), expected));
      }
    }
    return Optional.empty();
  }
}
