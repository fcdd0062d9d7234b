package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nin4j.engine.Grid;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;
import org.nin4j.engine.onednn.verify.Relu;

/**
 * What the lowering of each kind of layer needs: where steps go, where weights are, and what
 * happens on the way back.
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
     */
    Value apply(Value diffDst, boolean wanted);
  }

  /** The mask of a Dropout layer, row-major. */
  record Mask(float p, Value value, int perImage) {}

  /** Mean and variance of a batch in a BatchNorm2d layer, and the names of the running ones. */
  record BatchStatistics(
      String runningMean,
      String runningVariance,
      Value mean,
      Value variance,
      float momentum,
      int features,
      int positions) {}

  private final ProgramBuilder builder;
  private final Precision precision;
  private final Quantization quantization;
  private final ParameterBlock weights;
  private final ParameterBlock gradients;
  private final Deque<UnaryOperator<Value>> backward = new ArrayDeque<>();
  private final List<Mask> masks = new ArrayList<>();
  private final List<BatchStatistics> statistics = new ArrayList<>();
  private boolean gradientWanted;

  /**
   * @param quantization what the precision int8 needs; else null
   * @param gradients null for inference
   * @param inputGradient whether the gradient of the images is needed too
   */
  LoweringContext(
      ProgramBuilder builder,
      Precision precision,
      Quantization quantization,
      ParameterBlock weights,
      ParameterBlock gradients,
      boolean inputGradient) {
    this.builder = builder;
    this.precision = precision;
    this.quantization = quantization;
    this.weights = weights;
    this.gradients = gradients;
    gradientWanted = inputGradient;
  }

  ProgramBuilder builder() {
    return builder;
  }

  Dnnl dnnl() {
    return builder.dnnl();
  }

  boolean training() {
    return gradients != null;
  }

  /** oneDNN's data type of activations that are no integers. */
  int type() {
    return precision == Precision.BF16 ? dnnl_bf16 : dnnl_f32;
  }

  /** The grid of a layer's input; null where it takes real numbers. */
  Grid grid(String path) {
    QuantizedLayer layer = quantization == null ? null : quantization.layer(path);
    return layer == null ? null : layer.input();
  }

  /**
   * How a layer with weights computes.
   *
   * @param dstGrid on which its output is wanted, or null
   */
  Operands operands(String path, Grid dstGrid) {
    return quantization == null
        ? new FloatOperands(this)
        : new IntegerOperands(this, quantization.layer(path), dstGrid);
  }

  int propagation() {
    return training() ? dnnl_forward_training : dnnl_forward_inference;
  }

  Value weights(String path, String name, long... dims) {
    return weights.value(path + "." + name, dnnl(), dims);
  }

  Value gradient(String path, String name, long... dims) {
    return gradients.value(path + "." + name, dnnl(), dims);
  }

  /**
   * Weights in the layout that a primitive chose; in inference that is made once, after loading.
   */
  Value weightsAs(dnnl_memory_desc md, Value plain, String name) {
    if (training()) {
      return builder.as(md, plain, name + " weights");
    }
    Phase before = builder.enter(Phase.LOAD);
    Value result = builder.as(md, plain, name + " weights");
    builder.enter(before);
    return result;
  }

  /** Adds the backward pass of a layer without weights. */
  void onBackward(Backward step) {
    boolean wanted = gradientWanted;
    backward.push(diffDst -> step.apply(diffDst, wanted));
  }

  /**
   * Adds the backward pass of a layer with weights: the layers above must pass a gradient down to
   * it.
   */
  void onBackwardToWeights(Backward step) {
    onBackward(step);
    gradientWanted = true;
  }

  /**
   * Adds the backward steps of all layers, last layer first.
   *
   * @return gradient of the images, when it is wanted
   */
  Value backward(Value logitsGradient) {
    Value diff = logitsGradient;
    while (!backward.isEmpty() && diff != null) {
      diff = backward.pop().apply(diff);
    }
    return diff;
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
  Value reluBackward(String name, Value dst, Value diffDst) {
    Value diff = builder.as(dst.md(), diffDst, name + " diffDst");
    var hint =
        dnnl()
            .describe(
                name,
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
            name + " backward",
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
    Value diffSrc = new Value(diff.md(), diff.buffer());
    builder.add(
        name + " backward",
        pd,
        List.of(
            new Argument(DNNL_ARG_DST, dst),
            new Argument(DNNL_ARG_DIFF_DST, diff),
            new Argument(DNNL_ARG_DIFF_SRC, diffSrc)));
    return diffSrc;
  }
}
