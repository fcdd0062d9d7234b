package org.nin4j.interchange.onnx;

import java.util.List;
import org.nin4j.error.InvalidFileException;

/**
 * Numbers of an attribute.
 *
 * @param node a Constant
 * @param areFloats whether they are floats, or else integers
 * @param isScalar whether it is a number, not a list of them
 * @param numbers the numbers
 */
record ListedValues(
    OnnxNode node, boolean areFloats, boolean isScalar, List<? extends Number> numbers)
    implements Values {
  @Override
  public String name() {
    return node.outputs().get(0);
  }

  @Override
  public List<Long> dims() {
    return isScalar ? List.of() : List.of((long) numbers.size());
  }

  @Override
  public float[] floats() throws InvalidFileException {
    if (!areFloats) {
      throw node.invalid("holds integers where floats are needed");
    }
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  @Override
  public long[] integers() throws InvalidFileException {
    if (areFloats) {
      throw node.invalid("holds floats where integers are needed");
    }
    return numbers.stream().mapToLong(Number::longValue).toArray();
  }
}
