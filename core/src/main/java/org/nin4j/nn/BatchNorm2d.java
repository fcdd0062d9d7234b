package org.nin4j.nn;

import java.util.List;
import org.nin4j.nn.Parameter.Role;

/**
 * Batch normalisation over (N, H, W) of each channel (Ioffe and Szegedy, 2015): weight * (x - mean)
 * / sqrt(var + eps) + bias. In training mean and biased variance are the batch's, and the running
 * ones move by {@code momentum} towards the batch's mean and unbiased variance; in inference the
 * running ones are used. (N, C, H, W) stays as it is.
 *
 * @param features C, the channels, at least 1
 * @param eps added to the variance, positive
 * @param momentum how far the running statistics move at each step, from 0 to 1
 */
public record BatchNorm2d(int features, float eps, float momentum) implements Layer {

  /**
   * Checks the numbers.
   *
   * @param features C, the channels, at least 1
   * @param eps added to the variance, positive
   * @param momentum how far the running statistics move at each step, from 0 to 1
   * @throws IllegalArgumentException when one is out of range
   */
  public BatchNorm2d {
    if (features < 1) {
      throw new IllegalArgumentException("num_features must be at least 1, but is " + features);
    }
    if (!(eps > 0 && eps < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("eps must be positive and finite, but is " + eps);
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum must be between 0 and 1, but is " + momentum);
    }
  }

  /**
   * A layer with PyTorch's eps 1e-5 and momentum 0.1.
   *
   * @param features C, the channels, at least 1
   */
  public BatchNorm2d(int features) {
    this(features, 1e-5f, 0.1f);
  }

  @Override
  public Shape outputShape(Shape input) {
    Window.requireChannels(input, features);
    return input;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.of(Role.NORM_SCALE, features),
        Parameter.of(Role.NORM_SHIFT, features),
        Parameter.of(Role.RUNNING_MEAN, features),
        Parameter.of(Role.RUNNING_VARIANCE, features));
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "BatchNorm2d(" + features + ", eps=" + eps + ", momentum=" + momentum + ")";
  }
}
