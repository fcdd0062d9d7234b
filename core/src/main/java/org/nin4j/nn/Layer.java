package org.nin4j.nn;

import java.util.List;

/**
 * What one layer of a network is: an immutable description with PyTorch's names, defaults and shape
 * arithmetic. It holds no weights; an engine gives it life. {@code toString} is PyTorch's
 * representation of the module.
 */
public sealed interface Layer
    permits Conv2d,
        ReLU,
        MaxPool2d,
        AvgPool2d,
        AdaptiveAvgPool2d,
        BatchNorm2d,
        Dropout,
        Flatten,
        Linear,
        Sequential {

  /**
   * The shape that this layer makes of {@code input}.
   *
   * @param input (N, C, H, W), or (N, C) for a Linear layer
   * @throws ShapeException when the layer cannot run on it
   */
  Shape outputShape(Shape input);

  /**
   * Parameters and buffers in PyTorch's order, named from this layer on: {@code weight}, {@code
   * bias}.
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * The parameter or buffer in a role.
   *
   * @param role what the numbers are for
   * @throws IllegalArgumentException when the layer has none
   */
  default Parameter parameter(Parameter.Role role) {
    for (Parameter parameter : parameters()) {
      if (parameter.role() == role) {
        return parameter;
      }
    }
    throw new IllegalArgumentException(this + " has no parameter in the role " + role);
  }

  /**
   * Multiply-add operations of one forward pass over {@code input}; bias, ReLU and pooling are not
   * counted.
   *
   * @param input as for {@link #outputShape}
   * @throws ArithmeticException when the number exceeds 64 bits
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Calls the visitor's method for this kind of layer.
   *
   * @param <R> what the visit returns
   * @param visitor told of this layer
   * @return what its method returned
   */
  <R> R accept(LayerVisitor<R> visitor);

  /** PyTorch's class name. */
  default String kind() {
    return getClass().getSimpleName();
  }
}
