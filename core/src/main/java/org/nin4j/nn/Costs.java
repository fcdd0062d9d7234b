package org.nin4j.nn;

/**
 * What a layer, a block or a network costs for one forward pass. A convolution of n input and m
 * output channels slides n*m kernels of k*k weights, each over the same X output positions.
 *
 * @param kernels n*m, shared by all positions
 * @param kernelApplications X*n*m: how often one of the kernels is applied to the input
 * @param parameters trained values: n*m*k*k weights and m biases of a convolution, however many
 *     positions it has
 * @param multiplyAdds X*n*m*k*k of a convolution; bias, ReLU and pooling are not counted
 * @param activationBytes bytes of the outputs of all layers at fp32
 */
public record Costs(
    long kernels,
    long kernelApplications,
    long parameters,
    long multiplyAdds,
    long activationBytes) {

  /** The costs of nothing. */
  static final Costs ZERO = new Costs(0, 0, 0, 0, 0);

  /**
   * Of a layer, or the sum over the layers in a Sequential.
   *
   * @throws ShapeException when the layer cannot run on the input
   * @throws ArithmeticException when a number exceeds 64 bits
   */
  static Costs of(Layer layer, Shape input) {
    if (layer instanceof Sequential block) {
      Costs sum = ZERO;
      Shape shape = input;
      for (Layer each : block.layers()) {
        sum = sum.plus(of(each, shape));
        shape = each.outputShape(shape);
      }
      return sum;
    }
    Conv2d convolution = layer instanceof Conv2d conv ? conv : null;
    return new Costs(
        convolution == null ? 0 : convolution.kernels(),
        convolution == null ? 0 : convolution.kernelApplications(input),
        layer.parameters().stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum(),
        layer.multiplyAdds(input),
        Math.multiplyExact(layer.outputShape(input).elements(), Float.BYTES));
  }

  /**
   * The sum, number by number.
   *
   * @throws ArithmeticException when a number exceeds 64 bits
   */
  Costs plus(Costs other) {
    return new Costs(
        Math.addExact(kernels, other.kernels),
        Math.addExact(kernelApplications, other.kernelApplications),
        Math.addExact(parameters, other.parameters),
        Math.addExact(multiplyAdds, other.multiplyAdds),
        Math.addExact(activationBytes, other.activationBytes));
  }
}
