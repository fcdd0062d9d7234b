package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Pooling;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Pooling over windows of one size, as oneDNN's pooling primitive. */
final class PoolingLowering {
  private static final long[] NO_DILATION = {0, 0};

  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final Dnnl dnnl;
  private final PlacedLayer placed;
  private final int algorithm;

  /**
   * Where windows overlap, gradients of means add up, and oneDNN 3.11 adds them in the type of the
   * tensor: in bf16 each addition would lose what the whole sum should lose once. Such a layer is
   * trained in fp32.
   */
  private final boolean overlappingMeans;

  private final Shape input;
  private final Shape output;
  private final Size2d kernel;
  private final Size2d stride;
  private final Size2d padding;
  private final long[] srcDims;
  private final long[] dstDims;
  private final long[] kernelDims;
  private final long[] strides;
  private final long[] paddingLeft;
  private final long[] paddingRight;

  /**
   * @param algorithm {@code dnnl_pooling_max}, {@code dnnl_pooling_avg_...}
   */
  PoolingLowering(
      LoweringContext context,
      PlacedLayer placed,
      int algorithm,
      Shape input,
      Shape output,
      Size2d kernel,
      Size2d stride,
      Size2d padding) {
    this.context = context;
    this.placed = placed;
    this.algorithm = algorithm;
    builder = context.builder();
    dnnl = context.dnnl();
    boolean overlapping = kernel.height() > stride.height() || kernel.width() > stride.width();
    overlappingMeans = overlapping && algorithm != dnnl_pooling_max;
    srcDims = Dnnl.dims(input);
    dstDims = Dnnl.dims(output);
    this.input = input;
    this.output = output;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    kernelDims = Dnnl.dims(kernel);
    strides = Dnnl.dims(stride);
    paddingLeft = Dnnl.dims(padding);
    paddingRight = Dnnl.paddingRight(input, output, kernel, stride, padding);
  }

  Tensor forward(Tensor from) {
    StepIdentity step = StepIdentity.of(placed, Pass.FORWARD);
    boolean widens =
        overlappingMeans && context.mode().hasBackwardPass() && Dnnl.type(from.md()) != dnnl_f32;
    Tensor src =
        widens ? builder.as(dnnl.plain(dnnl_f32, srcDims), from, step.reorderOf("src")) : from;
    int type = Dnnl.type(src.md());
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            check(false, type),
            result ->
                dnnl_pooling_forward_primitive_desc_create(
                    result,
                    dnnl.engine(),
                    context.propagation(),
                    algorithm,
                    src.md(),
                    dnnl.any(type, dstDims),
                    strides,
                    kernelDims,
                    NO_DILATION,
                    paddingLeft,
                    paddingRight,
                    dnnl.attributes(false)));
    Tensor dst = builder.tensor(Dnnl.query(pd, dnnl_query_dst_md), src.quantization());
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_SRC, src));
    arguments.add(new Argument(DNNL_ARG_DST, dst));
    dnnl_memory_desc workspaceDescriptor = Dnnl.query(pd, dnnl_query_workspace_md);
    boolean withWorkspace = dnnl_memory_desc_get_size(workspaceDescriptor) > 0;
    Tensor workspace = withWorkspace ? builder.tensor(workspaceDescriptor) : null;
    if (withWorkspace) {
      arguments.add(new Argument(DNNL_ARG_WORKSPACE, workspace));
    }
    builder.add(step, pd, arguments);
    if (context.mode().hasBackwardPass()) {
      dnnl_memory_desc srcDescriptor = src.md();
      dnnl_memory_desc dstDescriptor = dst.md();
      context.onBackward(diffDst -> backward(pd, srcDescriptor, dstDescriptor, workspace, diffDst));
    }
    return dst;
  }

  private Pooling check(boolean backward, int type) {
    Pooling.Kind kind =
        algorithm == dnnl_pooling_max
            ? Pooling.Kind.MAX
            : algorithm == dnnl_pooling_avg_include_padding
                ? Pooling.Kind.MEAN_WITH_PADDING
                : Pooling.Kind.MEAN_WITHOUT_PADDING;
    return new Pooling(kind, backward, input, output, kernel, stride, padding, Dnnl.roundoff(type));
  }

  private Tensor backward(
      dnnl_primitive_desc forward,
      dnnl_memory_desc srcDescriptor,
      dnnl_memory_desc dstDescriptor,
      Tensor workspace,
      Tensor diffDst) {
    StepIdentity step = StepIdentity.of(placed, Pass.BACKWARD);
    Tensor diff = builder.as(dstDescriptor, diffDst, step.reorderOf("diffDst"));
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            check(true, Dnnl.type(srcDescriptor)),
            workspace == null ? null : forward,
            result ->
                dnnl_pooling_backward_primitive_desc_create(
                    result,
                    dnnl.engine(),
                    algorithm,
                    srcDescriptor,
                    dstDescriptor,
                    strides,
                    kernelDims,
                    NO_DILATION,
                    paddingLeft,
                    paddingRight,
                    forward,
                    dnnl.attributes(false)));
    Tensor diffSrc = builder.tensor(srcDescriptor);
    List<Argument> arguments = new ArrayList<>();
    arguments.add(new Argument(DNNL_ARG_DIFF_DST, diff));
    arguments.add(new Argument(DNNL_ARG_DIFF_SRC, diffSrc));
    if (workspace != null) {
      arguments.add(new Argument(DNNL_ARG_WORKSPACE, workspace));
    }
    builder.add(step, pd, arguments);
    return diffSrc;
  }
}
