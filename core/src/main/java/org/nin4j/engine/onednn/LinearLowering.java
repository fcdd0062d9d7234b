package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.onednn.verify.ConvolutionGeometry;
import org.nin4j.nn.Linear;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/** Linear as oneDNN's inner product. */
final class LinearLowering extends WeightedLowering {
  LinearLowering(
      LoweringContext context,
      Operands operands,
      PlacedLayer placed,
      Linear layer,
      PlacedLayer relu,
      Shape input) {
    super(
        context, operands, placed, layer.bias(), relu, input, ConvolutionGeometry.of(layer, input));
  }

  @Override
  int describeForward(
      dnnl_primitive_desc result,
      int propagation,
      TensorDescriptors tensors,
      dnnl_primitive_attr attributes) {
    return dnnl_inner_product_forward_primitive_desc_create(
        result,
        dnnl().engine(),
        propagation,
        tensors.src(),
        tensors.weights(),
        tensors.bias(),
        tensors.dst(),
        attributes);
  }

  @Override
  int describeBackwardWeights(
      dnnl_primitive_desc result,
      TensorDescriptors tensors,
      dnnl_primitive_desc forward,
      dnnl_primitive_attr attributes) {
    return dnnl_inner_product_backward_weights_primitive_desc_create(
        result,
        dnnl().engine(),
        tensors.src(),
        tensors.weights(),
        tensors.bias(),
        tensors.dst(),
        forward,
        attributes);
  }

  @Override
  int describeBackwardData(
      dnnl_primitive_desc result,
      TensorDescriptors tensors,
      dnnl_primitive_desc forward,
      dnnl_primitive_attr attributes) {
    return dnnl_inner_product_backward_data_primitive_desc_create(
        result,
        dnnl().engine(),
        tensors.src(),
        tensors.weights(),
        tensors.dst(),
        forward,
        attributes);
  }
}
