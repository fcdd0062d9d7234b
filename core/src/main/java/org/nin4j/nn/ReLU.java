package org.nin4j.nn;

/** max(x, 0), element by element; any shape stays as it is. */
public record ReLU() implements Layer {
  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "ReLU()";
  }
}
