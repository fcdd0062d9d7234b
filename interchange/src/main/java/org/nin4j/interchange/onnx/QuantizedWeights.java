package org.nin4j.interchange.onnx;

import java.util.List;
import org.nin4j.error.InvalidFileException;

/**
 * Weights that the file has as integers and a node dequantizes. They are used as a tensor, by name;
 * their values are not computed.
 *
 * @param node dequantizes them
 * @param tensor the tensor of integers
 * @param scale the name of the scales, one for each output
 */
record QuantizedWeights(OnnxNode node, Values tensor, String scale) implements Values {
  @Override
  public String name() {
    return tensor.name();
  }

  @Override
  public List<Long> dims() {
    return tensor.dims();
  }

  @Override
  public float[] floats() throws InvalidFileException {
    throw onlyWeights();
  }

  @Override
  public long[] integers() throws InvalidFileException {
    throw onlyWeights();
  }

  private InvalidFileException onlyWeights() {
    return node.invalid("dequantizes what is not used as the weights of a Conv or Gemm");
  }
}
