package org.nin4j.nn;

/**
 * In training sets each value to zero with probability {@code p} and multiplies the others by 1 /
 * (1 - p); in inference does nothing (Srivastava and others, 2014). Any shape stays as it is.
 *
 * @param p from 0 to below 1
 */
public record Dropout(float p) implements Layer {

  /**
   * Checks the probability.
   *
   * @param p from 0 to below 1
   * @throws IllegalArgumentException when it is not from 0 to below 1
   */
  public Dropout {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("p must be at least 0 and below 1, but is " + p);
    }
  }

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
    return "Dropout(p=" + p + ")";
  }
}
