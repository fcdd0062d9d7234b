package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.BatchNormalization;
import org.nin4j.engine.onednn.verify.BatchNormalization.Mode;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * BatchNorm2d with its running statistics: where it is not trained. It is an affine map of each
 * channel, y = scale (x - mean) / sqrt(variance + eps) + shift, and its backward pass is the same
 * map with mean and shift 0.
 */
final class FixedBatchNormLowering {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final Dnnl dnnl;
  private final PlacedLayer placed;
  private final BatchNorm2d layer;
  private final Shape input;

  FixedBatchNormLowering(
      LoweringContext context, PlacedLayer placed, BatchNorm2d layer, Shape input) {
    this.context = context;
    this.placed = placed;
    this.layer = layer;
    this.input = input;
    builder = context.builder();
    dnnl = context.dnnl();
  }

  Tensor forward(Tensor src) {
    Tensor mean = context.parameter(placed, Role.RUNNING_MEAN);
    Tensor shift = context.parameter(placed, Role.NORM_SHIFT);
    if (context.mode().hasBackwardPass()) {
      context.onBackward(diffDst -> backward(src, diffDst));
    }
    return map(StepIdentity.of(placed, Pass.FORWARD), src, mean, shift);
  }

  private Tensor backward(Tensor src, Tensor diffDst) {
    StepIdentity step = StepIdentity.of(placed, Pass.BACKWARD);
    Tensor zeros = builder.constant(new float[layer.features()], layer.features());
    return map(step, builder.as(src.md(), diffDst, step.reorderOf("diffDst")), zeros, zeros);
  }

  private Tensor map(StepIdentity step, Tensor from, Tensor mean, Tensor shift) {
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            new BatchNormalization(
                Mode.INFERENCE, input, layer.eps(), Dnnl.roundoff(Dnnl.type(from.md())), false),
            result ->
                dnnl_batch_normalization_forward_primitive_desc_create(
                    result,
                    dnnl.engine(),
                    dnnl_forward_inference,
                    from.md(),
                    from.md(),
                    layer.eps(),
                    dnnl_use_scale | dnnl_use_shift | dnnl_use_global_stats,
                    dnnl.attributes(false)));
    Tensor dst = builder.tensor(from.md());
    builder.add(
        step,
        pd,
        List.of(
            new Argument(DNNL_ARG_SRC, from),
            new Argument(DNNL_ARG_SCALE, context.parameter(placed, Role.NORM_SCALE)),
            new Argument(DNNL_ARG_SHIFT, shift),
            new Argument(DNNL_ARG_MEAN, mean),
            new Argument(DNNL_ARG_VARIANCE, context.parameter(placed, Role.RUNNING_VARIANCE)),
            new Argument(DNNL_ARG_DST, dst)));
    return dst;
  }
}
