package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.onednn.verify.ConvolutionGeometry;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/** Conv2d as oneDNN's direct convolution. */
final class ConvolutionLowering extends WeightedLowering {
  private static final long[] NO_DILATION = {0, 0};

  private final long[] strides;
  private final long[] paddingLeft;
  private final long[] paddingRight;

  ConvolutionLowering(
      LoweringContext context,
      Operands operands,
      PlacedLayer placed,
      Conv2d layer,
      PlacedLayer relu,
      Shape input) {
    super(
        context, operands, placed, layer.bias(), relu, input, ConvolutionGeometry.of(layer, input));
    Shape output = layer.outputShape(input);
    strides = Dnnl.dims(layer.stride());
    paddingLeft = Dnnl.dims(layer.padding());
    paddingRight =
        Dnnl.paddingRight(input, output, layer.kernel(), layer.stride(), layer.padding());
  }

  @Override
  int describeForward(
      dnnl_primitive_desc result,
      int propagation,
      TensorDescriptors tensors,
      dnnl_primitive_attr attributes) {
    return dnnl_convolution_forward_primitive_desc_create(
        result,
        dnnl().engine(),
        propagation,
        dnnl_convolution_direct,
        tensors.src(),
        tensors.weights(),
        tensors.bias(),
        tensors.dst(),
        strides,
        NO_DILATION,
        paddingLeft,
        paddingRight,
        attributes);
  }

  @Override
  int describeBackwardWeights(
      dnnl_primitive_desc result,
      TensorDescriptors tensors,
      dnnl_primitive_desc forward,
      dnnl_primitive_attr attributes) {
    return dnnl_convolution_backward_weights_primitive_desc_create(
        result,
        dnnl().engine(),
        dnnl_convolution_direct,
        tensors.src(),
        tensors.weights(),
        tensors.bias(),
        tensors.dst(),
        strides,
        NO_DILATION,
        paddingLeft,
        paddingRight,
        forward,
        attributes);
  }

  @Override
  int describeBackwardData(
      dnnl_primitive_desc result,
      TensorDescriptors tensors,
      dnnl_primitive_desc forward,
      dnnl_primitive_attr attributes) {
    return dnnl_convolution_backward_data_primitive_desc_create(
        result,
        dnnl().engine(),
        dnnl_convolution_direct,
        tensors.src(),
        tensors.weights(),
        tensors.dst(),
        strides,
        NO_DILATION,
        paddingLeft,
        paddingRight,
        forward,
        attributes);
  }
}
