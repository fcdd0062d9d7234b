package org.nin4j.interchange.onnx;

import java.util.List;

/**
 * Weights that the file has as integers and a node dequantizes.
 *
 * @param tensor the tensor of integers
 * @param scale the name of the scales, one for each output
 */
record QuantizedWeights(Values tensor, String scale) implements Values {
  @Override
  public String name() {
    return tensor.name();
  }

  @Override
  public List<Long> dims() {
    return tensor.dims();
  }

  @Override
  public float[] floats() {
    throw new UnsupportedOperationException("integers and scales are read as tensors");
  }

  @Override
  public long[] integers() {
    throw new UnsupportedOperationException("weights are no extents");
  }
}
