package org.nin4j.nn;

/** (N, C, H, W) to (N, C*H*W), in that order. */
public record Flatten() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return Shape.of(input.batch(), Math.toIntExact(input.elements() / input.batch()));
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }
}
