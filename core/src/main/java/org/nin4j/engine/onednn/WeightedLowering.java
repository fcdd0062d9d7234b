package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.LoweringContext.Gradient;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Convolution;
import org.nin4j.engine.onednn.verify.ConvolutionGeometry;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * A layer with weights and bias, in the layouts that oneDNN prefers, with the ReLU that follows it
 * as a post-op. The kinds differ only in the primitives that they describe.
 */
abstract class WeightedLowering {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final PlacedLayer placed;
  private final PlacedLayer relu; // null without one
  private final boolean withBias;
  private final long[] srcDims;
  private final long[] dstDims;
  private final long[] weightDims;
  private final Operands operands;
  private final ConvolutionGeometry geometry;

  WeightedLowering(
      LoweringContext context,
      Operands operands,
      PlacedLayer placed,
      boolean withBias,
      PlacedLayer relu,
      Shape input,
      ConvolutionGeometry geometry) {
    this.context = context;
    this.geometry = geometry;
    this.operands = operands;
    this.placed = placed;
    this.withBias = withBias;
    this.relu = relu;
    builder = context.builder();
    srcDims = Dnnl.dims(input);
    dstDims = Dnnl.dims(placed.layer().outputShape(input));
    weightDims = Dnnl.dims(placed.parameter(Role.WEIGHT).shape());
  }

  /**
   * Descriptors of the tensors of one primitive; layouts are oneDNN's to choose. Bias is null
   * without one.
   */
  record TensorDescriptors(
      dnnl_memory_desc src,
      dnnl_memory_desc weights,
      dnnl_memory_desc bias,
      dnnl_memory_desc dst) {}

  abstract int describeForward(
      dnnl_primitive_desc result,
      int propagation,
      TensorDescriptors tensors,
      dnnl_primitive_attr attributes);

  abstract int describeBackwardWeights(
      dnnl_primitive_desc result,
      TensorDescriptors tensors,
      dnnl_primitive_desc forward,
      dnnl_primitive_attr attributes);

  abstract int describeBackwardData(
      dnnl_primitive_desc result,
      TensorDescriptors tensors,
      dnnl_primitive_desc forward,
      dnnl_primitive_attr attributes);

  final Dnnl dnnl() {
    return context.dnnl();
  }

  final Tensor forward(Tensor input) {
    StepIdentity step = StepIdentity.of(placed, Pass.FORWARD);
    boolean withReLU = relu != null;
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            Convolution.forward(
                geometry, withBias, withReLU || operands.clamps(), operands.arithmetic()),
            result ->
                describeForward(
                    result,
                    context.propagation(),
                    forwardTensors(),
                    operands.attributes(withReLU)));
    Tensor src = operands.src(Dnnl.query(pd, dnnl_query_src_md), input, step);
    Tensor weights = operands.weights(placed, Dnnl.query(pd, dnnl_query_weights_md), step);
    Tensor dst = operands.dst(Dnnl.query(pd, dnnl_query_dst_md));
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_SRC, src));
    arguments.add(new Argument(DNNL_ARG_WEIGHTS, weights));
    if (withBias) {
      arguments.add(new Argument(DNNL_ARG_BIAS, context.parameter(placed, Role.BIAS)));
    }
    arguments.add(new Argument(DNNL_ARG_DST, dst));
    operands.complete(arguments);
    builder.add(step, pd, arguments);
    if (context.trains(placed)) {
      context.onBackwardToWeights(
          (diffDst, wanted) -> {
            Tensor diff = reluBackward(dst, diffDst);
            backwardWeights(pd, input, diff);
            return wanted ? backwardData(pd, diff) : null;
          });
    } else if (context.mode().hasBackwardPass()) {
      context.onBackward(diffDst -> backwardData(pd, reluBackward(dst, diffDst)));
    }
    return dst;
  }

  private Tensor reluBackward(Tensor dst, Tensor diffDst) {
    return relu == null ? diffDst : context.reluBackward(relu, dst, diffDst);
  }

  private void backwardWeights(dnnl_primitive_desc forward, Tensor input, Tensor diffDst) {
    StepIdentity step = StepIdentity.of(placed, Pass.BACKWARD_WEIGHTS);
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            Convolution.backwardWeights(geometry, withBias),
            result ->
                describeBackwardWeights(
                    result,
                    tensors(operands.srcType(), dnnl_f32),
                    forward,
                    dnnl().attributes(false)));
    Tensor src = builder.as(Dnnl.query(pd, dnnl_query_src_md), input, step.reorderOf("src"));
    Tensor diff =
        builder.as(Dnnl.query(pd, dnnl_query_diff_dst_md), diffDst, step.reorderOf("diffDst"));
    dnnl_memory_desc layout = Dnnl.query(pd, dnnl_query_diff_weights_md);
    Gradient gradient =
        context.gradient(placed, Role.WEIGHT, layout, step.reorderOf("diffWeights"));
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_SRC, src));
    arguments.add(new Argument(DNNL_ARG_DIFF_DST, diff));
    arguments.add(new Argument(DNNL_ARG_DIFF_WEIGHTS, gradient.written()));
    if (withBias) {
      dnnl_memory_desc plain = dnnl().plain(dnnl_f32, weightDims[0]);
      Gradient ofBias = context.gradient(placed, Role.BIAS, plain, step.reorderOf("diffBias"));
      arguments.add(new Argument(DNNL_ARG_DIFF_BIAS, ofBias.written()));
    }
    builder.add(step, pd, arguments);
    context.keep(gradient);
  }

  private Tensor backwardData(dnnl_primitive_desc forward, Tensor diffDst) {
    StepIdentity step = StepIdentity.of(placed, Pass.BACKWARD_DATA);
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            Convolution.backwardData(geometry),
            result ->
                describeBackwardData(
                    result,
                    tensors(operands.srcType(), operands.srcType()),
                    forward,
                    dnnl().attributes(false)));
    Tensor diff =
        builder.as(Dnnl.query(pd, dnnl_query_diff_dst_md), diffDst, step.reorderOf("diffDst"));
    Tensor weights = context.weights(placed, Dnnl.query(pd, dnnl_query_weights_md), step);
    Tensor diffSrc = builder.tensor(Dnnl.query(pd, dnnl_query_diff_src_md));
    builder.add(
        step,
        pd,
        List.of(
            new Argument(DNNL_ARG_DIFF_DST, diff),
            new Argument(DNNL_ARG_WEIGHTS, weights),
            new Argument(DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }

  private TensorDescriptors forwardTensors() {
    return new TensorDescriptors(
        dnnl().any(operands.srcType(), srcDims),
        dnnl().any(operands.weightsType(), weightDims),
        withBias ? dnnl().plain(dnnl_f32, weightDims[0]) : null,
        dnnl().any(operands.dstType(), dstDims));
  }

  /**
   * Gradients of weights are fp32 in every precision; gradients of activations have the
   * activations' type.
   */
  private TensorDescriptors tensors(int type, int weightType) {
    return new TensorDescriptors(
        dnnl().any(type, srcDims),
        dnnl().any(weightType, weightDims),
        withBias ? dnnl().plain(dnnl_f32, weightDims[0]) : null,
        dnnl().any(type, dstDims));
  }
}
