package org.nin4j.nn;

/**
 * Mean over a grid of windows that together cover the whole image, whatever its size: output row i
 * averages the input rows floor(i H / OH) to ceil((i + 1) H / OH) - 1, columns likewise. With an
 * output of (1, 1) it is the global average. (N, C, H, W) becomes (N, C, OH, OW).
 *
 * @param output (OH, OW), each at least 1
 */
public record AdaptiveAvgPool2d(Size2d output) implements Layer {

  /**
   * Checks the output grid.
   *
   * @param output (OH, OW), each at least 1
   * @throws IllegalArgumentException when a side is below 1
   */
  public AdaptiveAvgPool2d {
    output.requireAtLeast(1, "output_size");
  }

  /**
   * A square output grid.
   *
   * @param side rows and columns of the output, at least 1
   */
  public AdaptiveAvgPool2d(int side) {
    this(Size2d.of(side));
  }

  @Override
  public Shape outputShape(Shape input) {
    Window.requireImage(input);
    return Shape.of(input.batch(), input.channels(), output.height(), output.width());
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public String toString() {
    return "AdaptiveAvgPool2d(output_size=" + output + ")";
  }
}
