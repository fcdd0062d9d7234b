package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Relu;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * What the lowering of each kind of layer needs: where steps go, where weights are, and what the
 * backward pass does.
 */
final class LoweringContext {
  /** The backward pass of one layer. */
  @FunctionalInterface
  interface Backward {
    /**
     * Adds its steps and returns the gradient of the layer's input, which may be null when it is
     * not wanted.
     *
     * @param diffDst gradient of the layer's output
     * @param wanted whether the layers before it need that gradient
     */
    Tensor apply(Tensor diffDst, boolean wanted);
  }

  /**
   * The gradient of a parameter.
   *
   * @param written by the primitive
   * @param kept with the shard's gradients; the same, unless the layouts differ
   * @param reorder the step from one to the other
   */
  record Gradient(Tensor written, Tensor kept, StepIdentity reorder) {}

  /** The mask of a Dropout layer, row-major. */
  record Mask(float p, Tensor tensor, int perImage) {}

  /**
   * Mean and variance of the images of a pass in a BatchNorm2d layer.
   *
   * @param meanIndex index of the running mean in the network's parameters
   * @param varianceIndex index of the running variance
   * @param positions values of each channel: N x H x W
   */
  record BatchStatistics(
      int meanIndex, int varianceIndex, Tensor mean, Tensor variance, int positions) {}

  private final ProgramBuilder builder;
  private final PlanSpec spec;
  private final Quantization quantization; // null without integers
  private final OneDnnWeights weights;
  private final PlanMode mode;
  private final Deque<UnaryOperator<Tensor>> backward = new ArrayDeque<>();
  private final List<Mask> masks = new ArrayList<>();
  private final List<BatchStatistics> statistics = new ArrayList<>();
  private boolean gradientWanted;

  LoweringContext(ProgramBuilder builder, PlanSpec spec, OneDnnWeights weights, PlanMode mode) {
    this.builder = builder;
    this.spec = spec;
    this.weights = weights;
    quantization = PlanArguments.integers(spec);
    this.mode = mode;
    gradientWanted = mode.hasInputGradient();
  }

  ProgramBuilder builder() {
    return builder;
  }

  Dnnl dnnl() {
    return builder.dnnl();
  }

  PlanMode mode() {
    return mode;
  }

  /** Whether this program trains a layer: computes the gradients of its parameters. */
  boolean trains(PlacedLayer placed) {
    return mode.trains() && !spec.isFrozen(placed.path());
  }

  /** oneDNN's data type of activations that are no integers. */
  int type() {
    return spec.precision() == Precision.BF16 ? dnnl_bf16 : dnnl_f32;
  }

  /** Scale and zero point of a layer's input; null where the layer takes floats. */
  QuantizationParameters inputQuantization(String path) {
    QuantizedLayer layer = quantization == null ? null : quantization.layer(path);
    return layer == null ? null : layer.input();
  }

  /**
   * How a layer with weights computes.
   *
   * @param dstQuantization of its output; null for floats
   */
  Operands operands(String path, QuantizationParameters dstQuantization) {
    return quantization == null
        ? new FloatOperands(this)
        : new IntegerOperands(this, quantization.layer(path), dstQuantization);
  }

  int propagation() {
    return mode.hasBackwardPass() ? dnnl_forward_training : dnnl_forward_inference;
  }

  /** The parameter of a layer in a role, in PyTorch's layout. */
  Tensor parameter(PlacedLayer placed, Role role) {
    return weights.tensor(placed.parameter(role).name(), dnnl());
  }

  int parameterIndex(PlacedLayer placed, Role role) {
    return weights.index(placed.parameter(role).name());
  }

  /** The weights of a layer in the layout that a primitive chose. */
  Tensor weights(PlacedLayer placed, dnnl_memory_desc md, StepIdentity step) {
    return weights(
        placed, md, null, ReorderedWeights.Conversion.reorder(step.reorderOf("weights")));
  }

  /** The same, converted in a way of the caller's, of which {@code kind} is the name. */
  Tensor weights(
      PlacedLayer placed,
      dnnl_memory_desc md,
      Object kind,
      ReorderedWeights.Conversion conversion) {
    Tensor plain = parameter(placed, Role.WEIGHT);
    return kind == null && Dnnl.same(plain.md(), md)
        ? plain
        : weights.reordered(placed.parameter(Role.WEIGHT).name(), md, kind, conversion);
  }

  /**
   * Where a primitive writes the gradient of a layer's parameter; {@link #keep} comes after the
   * primitive.
   *
   * @param md the layout that the primitive chose
   * @param reorder the step that copies it, where the gradient is kept in another layout
   */
  Gradient gradient(PlacedLayer placed, Role role, dnnl_memory_desc md, StepIdentity reorder) {
    Tensor kept = weights.gradients().tensor(parameterIndex(placed, role), md);
    Tensor written = Dnnl.same(kept.md(), md) ? kept : builder.tensor(md);
    return new Gradient(written, kept, reorder);
  }

  /** Brings a gradient to where it is kept, if it was written elsewhere. */
  void keep(Gradient gradient) {
    if (gradient.written() != gradient.kept()) {
      builder.reorder(gradient.written(), gradient.kept(), gradient.reorder());
    }
  }

  /**
   * Adds the backward pass of a layer with nothing to train, from the gradient of its output to
   * that of its input, if a layer before it has something to train.
   */
  void onBackward(UnaryOperator<Tensor> step) {
    if (gradientWanted) {
      backward.push(step);
    }
  }

  /**
   * Adds the backward pass of a layer that is trained: the layers behind it must pass a gradient to
   * it.
   */
  void onBackwardToWeights(Backward step) {
    boolean wanted = gradientWanted;
    backward.push(diffDst -> step.apply(diffDst, wanted));
    gradientWanted = true;
  }

  /**
   * Adds the backward steps of all layers, last layer first.
   *
   * @return gradient of the images, when it is wanted
   */
  Tensor backward(Tensor logitsGradient) {
    Tensor diff = logitsGradient;
    while (!backward.isEmpty()) {
      diff = backward.pop().apply(diff);
    }
    return diff;
  }

  /** A row-major fp32 copy of a layer's output, for Java to read. */
  Tensor keep(Tensor value, Shape shape, PlacedLayer placed) {
    Tensor plain = builder.pin(builder.tensor(dnnl().plain(dnnl_f32, Dnnl.dims(shape))));
    builder.reorder(value, plain, StepIdentity.of(placed, Pass.FORWARD).reorderOf("output"));
    return plain;
  }

  List<Mask> masks() {
    return masks;
  }

  List<BatchStatistics> statistics() {
    return statistics;
  }

  /**
   * Backward pass of a ReLU from its output (the sign of the output is the sign of the input), in
   * place where the gradient has the output's layout.
   */
  Tensor reluBackward(PlacedLayer relu, Tensor dst, Tensor diffDst) {
    StepIdentity step = StepIdentity.of(relu, Pass.BACKWARD);
    Tensor diff = builder.as(dst.md(), diffDst, step.reorderOf("diffDst"));
    var hint =
        dnnl()
            .describe(
                step.name(),
                pd ->
                    dnnl_eltwise_forward_primitive_desc_create(
                        pd,
                        dnnl().engine(),
                        dnnl_forward_training,
                        dnnl_eltwise_relu_use_dst_for_bwd,
                        dst.md(),
                        dst.md(),
                        0,
                        0,
                        dnnl().attributes(false)));
    var pd =
        builder.describe(
            step,
            new Relu(true, Dnnl.shape(dst.md())),
            result ->
                dnnl_eltwise_backward_primitive_desc_create(
                    result,
                    dnnl().engine(),
                    dnnl_eltwise_relu_use_dst_for_bwd,
                    diff.md(),
                    diff.md(),
                    dst.md(),
                    0,
                    0,
                    hint,
                    dnnl().attributes(false)));
    Tensor diffSrc = new Tensor(diff.md(), diff.buffer());
    builder.add(
        step,
        pd,
        List.of(
            new Argument(DNNL_ARG_DST, dst),
            new Argument(DNNL_ARG_DIFF_DST, diff),
            new Argument(DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }
}
