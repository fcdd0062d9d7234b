package org.nin4j.nn;

import java.util.List;
import org.nin4j.nn.Parameter.Role;

/**
 * Fully connected layer: (N, inFeatures) to (N, outFeatures). Weights are (outFeatures,
 * inFeatures).
 *
 * @param inFeatures at least 1
 * @param outFeatures at least 1
 * @param bias whether a number is added to each output
 */
public record Linear(int inFeatures, int outFeatures, boolean bias) implements Layer {

  /**
   * Checks the numbers of features.
   *
   * @param inFeatures at least 1
   * @param outFeatures at least 1
   * @param bias whether a number is added to each output
   * @throws IllegalArgumentException when one is below 1, or an array cannot hold the weights
   */
  public Linear {
    if (inFeatures < 1 || outFeatures < 1) {
      throw new IllegalArgumentException(
          "a linear layer needs at least 1 input and 1 output feature, but got "
              + inFeatures
              + " and "
              + outFeatures);
    }
    Parameter.requireArray(Shape.of(outFeatures, inFeatures));
  }

  /**
   * A layer with bias.
   *
   * @param inFeatures at least 1
   * @param outFeatures at least 1
   */
  public Linear(int inFeatures, int outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 2 || input.channels() != inFeatures) {
      throw new ShapeException("it needs an input of (N, " + inFeatures + "), but got " + input);
    }
    return Shape.of(input.batch(), outFeatures);
  }

  @Override
  public List<Parameter> parameters() {
    Parameter weight = Parameter.of(Role.WEIGHT, outFeatures, inFeatures);
    return bias ? List.of(weight, Parameter.of(Role.BIAS, outFeatures)) : List.of(weight);
  }

  @Override
  public long multiplyAdds(Shape input) {
    return Math.multiplyExact((long) input.batch(), (long) inFeatures * outFeatures);
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "Linear(in_features="
        + inFeatures
        + ", out_features="
        + outFeatures
        + (bias ? ", bias=True)" : ", bias=False)");
  }
}
