package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Conv2d as oneDNN's direct convolution. */
final class ConvolutionLowering extends WeightedLowering {
  private static final long[] NO_DILATION = {0, 0};

  private final Conv2d layer;
  private final int inputWidth;
  private final Shape output;
  private final long[] strides;
  private final long[] paddingLeft;
  private final long[] paddingRight;

  ConvolutionLowering(
      LoweringContext context,
      Operands operands,
      String path,
      Conv2d layer,
      boolean withReLU,
      Shape input) {
    super(context, operands, path, layer, layer.bias(), withReLU, input);
    this.layer = layer;
    inputWidth = input.width();
    output = layer.outputShape(input);
    strides = Dnnl.dims(layer.stride());
    paddingLeft = Dnnl.dims(layer.padding());
    paddingRight =
        Dnnl.paddingRight(input, output, layer.kernel(), layer.stride(), layer.padding());
  }

  /**
   * oneDNN 3.11's BRGEMM convolution is wrong in some kinds of geometry, none of them common. In
   * every type: an output of one column from a stride above 1 (wrong sums, found by comparing with
   * the reference engine); a stride beyond the kernel (wrong sums, its pull request 5494); windows
   * that lie in the padding altogether (a crash, its issue 5942). In narrower types also the two
   * that {@link #unsafeInTiles} tells.
   */
  @Override
  String unsafeForward() {
    Size2d kernel = layer.kernel();
    Size2d stride = layer.stride();
    Size2d padding = layer.padding();
    boolean oneColumn = output.width() == 1 && stride.width() > 1;
    boolean skips = stride.height() > kernel.height() || stride.width() > kernel.width();
    boolean onlyPadding = padding.height() >= kernel.height() || padding.width() >= kernel.width();
    boolean unsafe = oneColumn || skips || onlyPadding || unsafeInTiles();
    return unsafe ? "brg_conv" : NONE;
  }

  /**
   * Wrong sums, found by comparing with PyTorch on a processor with AMX, whose tiles have rows of
   * 64 bytes. Where the channels of a pixel fill less than half of one, a row of the kernel is
   * taken as one sum, and it fails when that fills two, three, ... of them. Where stride and kernel
   * are multiples of 4 and there is no padding, four columns are taken as one of four times the
   * channels, and it fails for some numbers of these (16 and 24 in bfloat16, 32 in int8).
   */
  private boolean unsafeInTiles() {
    if (srcType() == dnnl_f32) {
      return false;
    }
    int tileRow = srcType() == dnnl_bf16 ? 32 : 64;
    int row = layer.inChannels() * layer.kernel().width();
    boolean rowAsSum = layer.inChannels() < tileRow / 2 && row > tileRow && row % tileRow == 0;
    boolean columnsFolded =
        layer.stride().width() % 4 == 0
            && layer.kernel().width() % 4 == 0
            && layer.padding().width() == 0;
    return rowAsSum || columnsFolded;
  }

  /**
   * Over an image that is narrower than the stride, oneDNN 3.11's code for bfloat16 reads memory
   * that nobody wrote (found by comparing with the reference engine); its code for fp32 does not.
   */
  @Override
  int backwardWeightsType() {
    return inputWidth < layer.stride().width() ? dnnl_f32 : super.backwardWeightsType();
  }

  @Override
  int describeForward(
      dnnl_primitive_desc result,
      int propagation,
      Tensors tensors,
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
      Tensors tensors,
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
      Tensors tensors,
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
