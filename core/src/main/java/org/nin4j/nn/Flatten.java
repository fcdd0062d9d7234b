package org.nin4j.nn;

/** (N, C, H, W) to (N, C*H*W), in that order. */
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    long features = input.elements() / input.batch();
    if (features > Integer.MAX_VALUE) {
      throw new ShapeException("an input of " + input + " has too many features");
    }
    return Shape.of(input.batch(), (int) features);
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "Flatten()";
  }
}
