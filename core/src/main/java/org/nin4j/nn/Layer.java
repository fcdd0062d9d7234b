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
   * Returns the shape that this layer makes of an input.
   *
   * @param input the shape of the input: (N, C, H, W), or (N, C) for a Linear layer
   * @return (N, C, H, W), or (N, C) from a Linear or Flatten layer
   * @throws ShapeException when the layer cannot run on it
   */
  Shape outputShape(Shape input);

  /**
   * {@return the parameters and buffers in PyTorch's order, named relative to this layer: {@code
   * weight}, {@code bias}}
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /**
   * Counts the multiply-add operations of one forward pass; bias, ReLU and pooling are not counted.
   *
   * @param input the shape of the input, as for {@link #outputShape}
   * @return the number of multiply-add operations
   * @throws ArithmeticException when the number exceeds 64 bits
   */
  default long multiplyAdds(Shape input) {
    return 0;
  }

  /**
   * Calls the visitor's method for this kind of layer.
   *
   * @param <R> what the visit returns
   * @param visitor the visitor to call
   * @return what the visitor's method returned
   */
  <R> R accept(LayerVisitor<R> visitor);

  /** {@return PyTorch's name of the class: {@code Conv2d}} */
  default String kind() {
    return getClass().getSimpleName();
  }
}
