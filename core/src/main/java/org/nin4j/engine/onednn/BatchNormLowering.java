package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.LoweringContext.BatchStatistics;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.BatchNormalization;
import org.nin4j.engine.onednn.verify.BatchNormalization.Mode;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * BatchNorm2d that is trained: with the batch's statistics, which it reports, and with the ReLU
 * that follows it, of which the forward pass leaves a bit for each value in its workspace. {@link
 * FixedBatchNormLowering} is the one with the running statistics.
 */
final class BatchNormLowering {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final Dnnl dnnl;
  private final PlacedLayer placed;
  private final BatchNorm2d layer;
  private final boolean withReLU;
  private final int flags;

  BatchNormLowering(
      LoweringContext context, PlacedLayer placed, BatchNorm2d layer, boolean withReLU) {
    this.context = context;
    this.placed = placed;
    this.layer = layer;
    this.withReLU = withReLU;
    flags = dnnl_use_scale | dnnl_use_shift | (withReLU ? dnnl_fuse_norm_relu : 0);
    builder = context.builder();
    dnnl = context.dnnl();
  }

  /**
   * Whether oneDNN has fast code for this together with the ReLU. Where it has none, as before
   * AVX2, it falls back on its reference code, which is several times slower than two fast
   * primitives.
   */
  boolean isFast(Tensor src) {
    dnnl_primitive_desc pd =
        dnnl.describe(
            StepIdentity.of(placed, Pass.FORWARD).name(), result -> describeForward(result, src));
    return !Dnnl.implementation(pd).startsWith("ref");
  }

  private int describeForward(dnnl_primitive_desc result, Tensor src) {
    return dnnl_batch_normalization_forward_primitive_desc_create(
        result,
        dnnl.engine(),
        dnnl_forward_training,
        src.md(),
        src.md(),
        layer.eps(),
        flags,
        dnnl.attributes(false));
  }

  Tensor forward(Tensor src, Shape input) {
    StepIdentity step = StepIdentity.of(placed, Pass.FORWARD);
    dnnl_primitive_desc pd =
        builder.describe(
            step, check(Mode.TRAINING, src, input), result -> describeForward(result, src));
    Tensor scale = context.parameter(placed, Role.NORM_SCALE);
    Tensor shift = context.parameter(placed, Role.NORM_SHIFT);
    Tensor mean = statistic();
    Tensor variance = statistic();
    Tensor dst = builder.tensor(src.md());
    Tensor workspace = withReLU ? builder.tensor(Dnnl.query(pd, dnnl_query_workspace_md)) : null;
    builder.add(
        step,
        pd,
        withWorkspace(
            workspace,
            new Argument(DNNL_ARG_SRC, src),
            new Argument(DNNL_ARG_SCALE, scale),
            new Argument(DNNL_ARG_SHIFT, shift),
            new Argument(DNNL_ARG_MEAN, mean),
            new Argument(DNNL_ARG_VARIANCE, variance),
            new Argument(DNNL_ARG_DST, dst)));
    int positions = Math.toIntExact((long) input.batch() * input.height() * input.width());
    context
        .statistics()
        .add(
            new BatchStatistics(
                context.parameterIndex(placed, Role.RUNNING_MEAN),
                context.parameterIndex(placed, Role.RUNNING_VARIANCE),
                mean,
                variance,
                positions));
    context.onBackwardToWeights(
        (diffDst, wanted) -> backward(pd, src, input, scale, mean, variance, workspace, diffDst));
    return dst;
  }

  /** The batch's statistic, which the step computes and Java reads. */
  private Tensor statistic() {
    return builder.pin(builder.tensor(dnnl.plain(dnnl_f32, layer.features())));
  }

  private BatchNormalization check(Mode mode, Tensor src, Shape input) {
    return new BatchNormalization(
        mode, input, layer.eps(), Dnnl.roundoff(Dnnl.type(src.md())), withReLU);
  }

  private Tensor backward(
      dnnl_primitive_desc forward,
      Tensor src,
      Shape input,
      Tensor scale,
      Tensor mean,
      Tensor variance,
      Tensor workspace,
      Tensor diffDst) {
    StepIdentity step = StepIdentity.of(placed, Pass.BACKWARD);
    Tensor diff = builder.as(src.md(), diffDst, step.reorderOf("diffDst"));
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            check(Mode.BACKWARD, src, input),
            withReLU ? forward : null,
            result ->
                dnnl_batch_normalization_backward_primitive_desc_create(
                    result,
                    dnnl.engine(),
                    dnnl_backward,
                    src.md(),
                    src.md(),
                    src.md(),
                    layer.eps(),
                    flags,
                    forward,
                    dnnl.attributes(false)));
    Tensor diffSrc = builder.tensor(src.md());
    builder.add(
        step,
        pd,
        withWorkspace(
            workspace,
            new Argument(DNNL_ARG_SRC, src),
            new Argument(DNNL_ARG_MEAN, mean),
            new Argument(DNNL_ARG_VARIANCE, variance),
            new Argument(DNNL_ARG_SCALE, scale),
            new Argument(DNNL_ARG_DIFF_DST, diff),
            new Argument(DNNL_ARG_DIFF_SRC, diffSrc),
            new Argument(
                DNNL_ARG_DIFF_SCALE, gradient(Role.NORM_SCALE, step.reorderOf("diffScale"))),
            new Argument(
                DNNL_ARG_DIFF_SHIFT, gradient(Role.NORM_SHIFT, step.reorderOf("diffShift")))));
    return diffSrc;
  }

  private static List<Argument> withWorkspace(Tensor workspace, Argument... arguments) {
    List<Argument> all = new ArrayList<>(List.of(arguments));
    if (workspace != null) {
      all.add(new Argument(DNNL_ARG_WORKSPACE, workspace));
    }
    return all;
  }

  private Tensor gradient(Role role, StepIdentity reorder) {
    return context
        .gradient(placed, role, dnnl.plain(dnnl_f32, layer.features()), reorder)
        .written();
  }
}
